package org.migreg.revision;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.migreg.history.Revision;
import org.migreg.history.RevisionKind;

@Entity
@Immutable
@Table(name = "revision")
class RevisionEntity {

    @Id
    private long number;

    @Column(nullable = false)
    private Instant madeAt;

    @Column(nullable = false, length = Revision.LONGEST_AUTHOR)
    private String author;

    @Column(nullable = false, length = Revision.LONGEST_REASON)
    private String reason;

    @Enumerated(EnumType.STRING)
    @JdbcTypeCode(SqlTypes.VARCHAR)
    @Column(nullable = false, length = 16)
    private RevisionKind kind;

    /** For Hibernate, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    protected RevisionEntity() {}

    RevisionEntity(Revision revision) {
        this.number = revision.number();
        this.madeAt = revision.at();
        this.author = revision.author();
        this.reason = revision.reason();
        this.kind = revision.kind();
    }

    Revision toRevision() {
        return new Revision(number, madeAt, author, reason, kind);
    }
}
