package org.migreg.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The queue of this process's writers. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class WriteTurnsTests {

    private final WriteTurns turns = new WriteTurns(Duration.ofMillis(1));

    /** A writer that has looked about while waiting, so that it surely stands in the queue. */
    private Thread queued(Runnable whenItIsItsTurn) throws InterruptedException {
        CountDownLatch isWaiting = new CountDownLatch(1);
        Thread writer = Thread.ofPlatform().start(() -> {
            turns.take(waited -> isWaiting.countDown());
            try {
                whenItIsItsTurn.run();
            } finally {
                turns.release();
            }
        });
        isWaiting.await();
        return writer;
    }

    @Test
    void writersComeInTheOrderInWhichTheyAskedThoughTheyLookAboutMeanwhile() throws InterruptedException {
        List<Integer> order = new CopyOnWriteArrayList<>();
        turns.take(waited -> {});
        Thread first = queued(() -> order.add(1));
        Thread second = queued(() -> order.add(2));
        Thread third = queued(() -> order.add(3));
        turns.release();
        for (Thread writer : List.of(first, second, third)) {
            writer.join();
        }
        assertThat(order).containsExactly(1, 2, 3);
    }

    @Test
    void whoGivesUpKeepsNobodyWaiting() throws InterruptedException {
        List<Integer> order = new CopyOnWriteArrayList<>();
        turns.take(waited -> {});
        assertThatThrownBy(() -> turns.take(waited -> {
                    throw new IllegalStateException("gave up");
                }))
                .hasMessage("gave up");
        Thread other = queued(() -> order.add(1));
        turns.release();
        other.join();
        assertThat(order).containsExactly(1);

        turns.take(waited -> {
            throw new AssertionError("nobody has the turn any more");
        });
        turns.release();
    }
}
