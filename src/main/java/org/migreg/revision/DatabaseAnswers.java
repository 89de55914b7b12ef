package org.migreg.revision;

import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whether the database answers at all, for those who wait for something else that would not tell them. */
@Component
class DatabaseAnswers {

    private static final Duration FRESH = Duration.ofMillis(300);

    private final DataSource dataSource;
    private long triedAt = System.nanoTime();
    private @Nullable SQLException silence;

    DatabaseAnswers(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Asks it, unless somebody did just now or while this one waited to ask.
     *
     * @throws DatabaseUnavailableException when it does not answer
     */
    void require() {
        long asked = System.nanoTime();
        synchronized (this) {
            boolean wasTriedMeanwhile = triedAt - asked > 0;
            boolean hasAnsweredJustNow = silence == null && asked - triedAt < FRESH.toNanos();
            if (!wasTriedMeanwhile && !hasAnsweredJustNow) {
                ask();
            }
            requireNoSilence();
        }
    }

    /**
     * @param time by {@link System#nanoTime}
     * @throws DatabaseUnavailableException when somebody has asked it since then, and it did not answer
     */
    synchronized void requireNoSilenceSince(long time) {
        if (triedAt - time > 0) {
            requireNoSilence();
        }
    }

    private synchronized void requireNoSilence() {
        if (silence != null) {
            throw new DatabaseUnavailableException(
                    DatabaseTrouble.UNAVAILABLE,
                    DatabaseTrouble.UNAVAILABLE.message() + "; nothing was written",
                    silence);
        }
    }

    private synchronized void ask() {
        try {
            // The pool tries each connection out before it gives it away.
            dataSource.getConnection().close();
            silence = null;
        } catch (SQLException noAnswer) {
            silence = noAnswer;
        }
        triedAt = System.nanoTime();
    }
}
