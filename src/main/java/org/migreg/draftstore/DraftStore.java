package org.migreg.draftstore;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.migreg.history.ExpectedVersion;
import org.migreg.history.Revision;
import org.migreg.history.StorableText;
import org.migreg.policy.change.TableEdit;
import org.migreg.revision.DurableWrites;
import org.migreg.revision.StaleVersionException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps drafts: their newest state, and who made and last changed them. Drafts are no part of the tables, so that their
 * writes make no revisions. Safe for use by many threads, and by several instances on one database.
 *
 * <p>Whatever writes throws {@link org.migreg.revision.DatabaseUnavailableException} when the database cannot take it now.
 * An author has 1 to 200 characters.
 */
@Component
public class DraftStore {

    private final DraftRepository drafts;
    private final EntityManager entityManager;
    private final TransactionTemplate transactionOfOthers;
    private final DurableWrites durableWrites;

    DraftStore(
            DraftRepository drafts,
            EntityManager entityManager,
            PlatformTransactionManager transactionManager,
            DurableWrites durableWrites) {
        this.drafts = drafts;
        this.entityManager = entityManager;
        this.transactionOfOthers = new TransactionTemplate(transactionManager);
        this.transactionOfOthers.setPropagationBehavior(TransactionDefinition.PROPAGATION_MANDATORY);
        this.durableWrites = durableWrites;
    }

    /** All drafts by name, published ones among them. */
    public List<StoredDraft> all() {
        return drafts.all().stream().map(DraftEntity::toDraft).toList();
    }

    public Optional<StoredDraft> byName(DraftName name) {
        return drafts.findByName(name.text()).map(DraftEntity::toDraft);
    }

    /**
     * @throws NoSuchDraftException when it is not there
     */
    public StoredDraft get(DraftName name) {
        return byName(name).orElseThrow(() -> new NoSuchDraftException(name));
    }

    /**
     * @throws DraftExistsException when the name is taken
     * @throws IllegalArgumentException when a text cannot be stored
     */
    public StoredDraft create(DraftName name, DraftContent content, String author) {
        requireStorable(content, author);
        try {
            return written(() -> {
                if (drafts.findByName(name.text()).isPresent()) {
                    throw new DraftExistsException(name);
                }
                DraftEntity draft = new DraftEntity(name, drafts.nextVersion(), content, author, now());
                entityManager.persist(draft);
                entityManager.flush();
                return draft.toDraft();
            });
        } catch (DataIntegrityViolationException | jakarta.persistence.PersistenceException atTheSameTime) {
            if (byName(name).isPresent()) {
                throw new DraftExistsException(name);
            }
            throw atTheSameTime;
        }
    }

    /**
     * Gives a draft another content.
     *
     * @throws NoSuchDraftException when it is not there
     * @throws StaleVersionException when it has another version
     * @throws DraftClosedException when it has been published
     * @throws IllegalArgumentException when a text cannot be stored
     */
    public StoredDraft replace(DraftName name, ExpectedVersion expected, DraftContent content, String author) {
        requireStorable(content, author);
        return written(() -> changed(name, expected, author, draft -> draft.change(content)));
    }

    /**
     * Closes a draft that becomes a revision, in the transaction that makes the revision.
     *
     * @throws NoSuchDraftException when it is not there
     * @throws StaleVersionException when it has another version
     * @throws DraftClosedException when it has been published
     */
    public StoredDraft close(DraftName name, ExpectedVersion expected, long revision, String author) {
        return result(transactionOfOthers.execute(
                status -> changed(name, expected, author, draft -> draft.publish(revision))));
    }

    /**
     * Removes a draft, whether it was published or not.
     *
     * @throws NoSuchDraftException when it is not there
     * @throws StaleVersionException when it has another version
     */
    public void remove(DraftName name, ExpectedVersion expected) {
        written(() -> {
            DraftEntity draft = locked(name, expected);
            StoredDraft last = draft.toDraft();
            entityManager.remove(draft);
            return last;
        });
    }

    private StoredDraft changed(DraftName name, ExpectedVersion expected, String author, Consumer<DraftEntity> change) {
        DraftEntity draft = locked(name, expected);
        Long publishedAs = draft.publishedAs();
        if (publishedAs != null) {
            throw new DraftClosedException(name, publishedAs);
        }
        change.accept(draft);
        draft.touch(drafts.nextVersion(), author, now());
        return draft.toDraft();
    }

    private DraftEntity locked(DraftName name, ExpectedVersion expected) {
        DraftEntity draft = drafts.lock(name.text()).orElseThrow(() -> new NoSuchDraftException(name));
        draft.toDraft().requireVersion(expected);
        return draft;
    }

    private StoredDraft written(Supplier<StoredDraft> work) {
        return durableWrites.write(work);
    }

    private static StoredDraft result(@Nullable StoredDraft draft) {
        if (draft == null) {
            throw new IllegalStateException("a write of a draft gives the draft");
        }
        return draft;
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    private static void requireStorable(DraftContent content, String author) {
        if (author.isBlank() || author.length() > Revision.LONGEST_AUTHOR) {
            throw new IllegalArgumentException("the author has 1 to 200 characters; this one has " + author.length());
        }
        StorableText.require("author", author);
        StorableText.require("description", content.description());
        content.edits().forEach(TableEdit::requireStorable);
    }
}
