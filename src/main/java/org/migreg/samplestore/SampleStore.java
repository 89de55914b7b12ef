package org.migreg.samplestore;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.migreg.history.StorableText;
import org.migreg.revision.DurableWrites;
import org.springframework.stereotype.Component;

/**
 * Keeps logs that were not understood, at most {@value #MOST}, until somebody deletes them. Safe for use by many threads.
 *
 * <p>Whatever writes throws {@link org.migreg.revision.DatabaseUnavailableException} when the database cannot take it now.
 */
@Component
public class SampleStore {

    /** How many are kept; instances that write at the same time may keep one more each. */
    public static final int MOST = 200;

    /** The longest log, in UTF-16 units. */
    public static final int LONGEST_LOG = 65_536;

    /** The longest note, in UTF-16 units. */
    public static final int LONGEST_NOTE = 1000;

    private final UnreadSampleRepository samples;
    private final EntityManager entityManager;
    private final DurableWrites durableWrites;

    SampleStore(UnreadSampleRepository samples, EntityManager entityManager, DurableWrites durableWrites) {
        this.samples = samples;
        this.entityManager = entityManager;
        this.durableWrites = durableWrites;
    }

    /** All samples, the newest first. */
    public List<UnreadSample> all() {
        return samples.newestFirst().stream().map(UnreadSampleEntity::toSample).toList();
    }

    /**
     * @throws NoSuchSampleException when it is not there
     */
    public UnreadSample get(long id) {
        return samples.findById(id).map(UnreadSampleEntity::toSample).orElseThrow(() -> new NoSuchSampleException(id));
    }

    /**
     * Keeps a log.
     *
     * @param author 1 to 200 characters
     * @throws SamplesFullException when there is no room
     * @throws IllegalArgumentException when a text is too long or cannot be stored
     */
    public synchronized UnreadSample keep(String log, boolean masked, String note, String author) {
        require("log", log, LONGEST_LOG);
        require("note", note, LONGEST_NOTE);
        require("author", author, 200);
        return durableWrites.write(() -> {
            if (samples.count() >= MOST) {
                throw new SamplesFullException();
            }
            UnreadSample sample = new UnreadSample(
                    samples.nextId(), Instant.now().truncatedTo(ChronoUnit.MICROS), author, masked, note, log);
            entityManager.persist(new UnreadSampleEntity(sample));
            entityManager.flush();
            return sample;
        });
    }

    /**
     * Deletes a sample for good.
     *
     * @throws NoSuchSampleException when it is not there
     */
    public void delete(long id) {
        durableWrites.write(() -> {
            if (samples.delete(id) == 0) {
                throw new NoSuchSampleException(id);
            }
            return id;
        });
    }

    private static void require(String field, String text, int longest) {
        if (text.length() > longest) {
            throw new IllegalArgumentException(
                    field + " has " + text.length() + " characters, which must be at most " + longest);
        }
        StorableText.require(field, text);
    }
}
