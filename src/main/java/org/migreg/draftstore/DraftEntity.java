package org.migreg.draftstore;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.migreg.revision.DamagedDataException;

/** A draft's newest state. */
@Entity
@Table(name = "draft")
class DraftEntity {

    @Id
    @Column(length = DraftName.LONGEST)
    private String name;

    @Column(nullable = false)
    private long version;

    @Column(nullable = false, length = DraftContent.LONGEST_DESCRIPTION)
    private String description;

    @Column(nullable = false)
    private long baseRevision;

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(name = "draft_edit", joinColumns = @JoinColumn(name = "draft_name"))
    @OrderColumn(name = "position")
    @Column(name = "edit", nullable = false, length = 250_000)
    private List<String> edits;

    @Column(nullable = false, length = 200)
    private String createdBy;

    @Column(nullable = false)
    private Instant createdAt;

    @Column(nullable = false, length = 200)
    private String changedBy;

    @Column(nullable = false)
    private Instant changedAt;

    private @Nullable Long publishedAs;

    /** For Hibernate, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    protected DraftEntity() {}

    DraftEntity(DraftName name, long version, DraftContent content, String author, Instant now) {
        this.name = name.text();
        this.version = version;
        this.description = content.description();
        this.baseRevision = content.baseRevision();
        this.edits = texts(content);
        this.createdBy = author;
        this.createdAt = now;
        this.changedBy = author;
        this.changedAt = now;
    }

    private static List<String> texts(DraftContent content) {
        // Hibernate keeps a list of its own in its place.
        return content.edits().stream().map(DraftText::of).collect(Collectors.toCollection(ArrayList::new));
    }

    void change(DraftContent content) {
        description = content.description();
        baseRevision = content.baseRevision();
        edits = texts(content);
    }

    void publish(long revision) {
        publishedAs = revision;
    }

    void touch(long newVersion, String author, Instant now) {
        version = newVersion;
        changedBy = author;
        changedAt = now;
    }

    long version() {
        return version;
    }

    @Nullable
    Long publishedAs() {
        return publishedAs;
    }

    StoredDraft toDraft() {
        return DamagedDataException.reading(() -> "draft " + name, this::read);
    }

    private StoredDraft read() {
        return new StoredDraft(
                new DraftName(name),
                version,
                new DraftContent(
                        description,
                        baseRevision,
                        edits.stream().map(DraftText::edit).toList()),
                createdBy,
                createdAt,
                changedBy,
                changedAt,
                publishedAs);
    }
}
