package org.migreg.samplestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.migreg.history.UnstorableTextException;
import org.migreg.storage.Database;
import org.migreg.storage.RunningStores;

/** What the store of unread samples promises, on every database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SampleStoreKit {

    private Database database;
    private RunningStores stores;

    abstract Database database();

    @BeforeAll
    void start() {
        database = database();
        stores = RunningStores.on(database);
    }

    @AfterAll
    void stop() {
        stores.close();
    }

    @Test
    void aSampleIsKeptAsItIsUntilItIsDeleted() {
        SampleStore samples = stores.bean(SampleStore.class);
        String log = "a\n\t\u00e9 🙂 ".repeat(3000);
        UnreadSample kept = samples.keep(log, true, "a note", "Ada");
        UnreadSample later = samples.keep("another", false, "", "Bo");
        assertThat(samples.get(kept.id())).isEqualTo(kept);
        assertThat(kept.log()).isEqualTo(log);
        assertThat(samples.all()).startsWith(later, kept);
        samples.delete(kept.id());
        assertThatExceptionOfType(NoSuchSampleException.class).isThrownBy(() -> samples.get(kept.id()));
        assertThatExceptionOfType(NoSuchSampleException.class).isThrownBy(() -> samples.delete(kept.id()));
        assertThat(samples.all()).contains(later).doesNotContain(kept);
    }

    @Test
    void noMoreAreKeptThanMayBeAndNoneThatIsTooLong() {
        SampleStore samples = stores.bean(SampleStore.class);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> samples.keep("x".repeat(SampleStore.LONGEST_LOG + 1), false, "", "Ada"))
                .withMessageContaining("at most 65536");
        assertThatExceptionOfType(UnstorableTextException.class)
                .isThrownBy(() -> samples.keep("a\0b", false, "", "Ada"));
        samples.keep("x".repeat(SampleStore.LONGEST_LOG), false, "", "Ada");
        while (samples.all().size() < SampleStore.MOST) {
            samples.keep("one more", false, "", "Ada");
        }
        assertThatExceptionOfType(SamplesFullException.class)
                .isThrownBy(() -> samples.keep("too many", false, "", "Ada"))
                .withMessageContaining("200 unread samples");
        samples.delete(samples.all().getFirst().id());
        assertThat(samples.keep("again", false, "", "Ada").log()).isEqualTo("again");
        samples.all().forEach(sample -> samples.delete(sample.id()));
    }
}
