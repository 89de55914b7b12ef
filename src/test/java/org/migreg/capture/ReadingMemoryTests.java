package org.migreg.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ReadingMemoryTests {

    /** Counts what is taken. */
    private static final class Counter implements ReadingMemory.Budget {

        private final long most;
        private long taken;
        private long highest;

        Counter(long most) {
            this.most = most;
        }

        @Override
        public void take(long bytes) {
            if (taken + bytes > most) {
                throw new ReadingMemory.ExhaustedException("no room", new IllegalStateException());
            }
            taken += bytes;
            highest = Math.max(highest, taken);
        }

        @Override
        public void giveBack(long bytes) {
            taken -= bytes;
        }
    }

    @Test
    void withoutABoundNothingIsRefused() {
        ReadingMemory.take(Long.MAX_VALUE);
        assertThat(ReadingMemory.<String, RuntimeException>ofOneFile(() -> "read", text -> 1))
                .isEqualTo("read");
    }

    @Test
    void whatAFileTookIsGivenBackExceptForItsResult() {
        Counter counter = new Counter(1000);
        ReadingMemory.<Integer, RuntimeException>within(counter, () -> {
            for (int i = 0; i < 10; i++) {
                ReadingMemory.<Integer, RuntimeException>ofOneFile(
                        () -> {
                            ReadingMemory.take(500);
                            return 10;
                        },
                        result -> result);
            }
            return 0;
        });
        assertThat(counter.taken).isEqualTo(100);
        assertThat(counter.highest).isEqualTo(600);
    }

    @Test
    void aFileThatIsRefusedTakesNothing() {
        Counter counter = new Counter(1000);
        assertThatExceptionOfType(ReadingMemory.ExhaustedException.class)
                .isThrownBy(() -> ReadingMemory.<Integer, RuntimeException>within(
                        counter,
                        () -> ReadingMemory.<Integer, RuntimeException>ofOneFile(
                                () -> {
                                    ReadingMemory.take(900);
                                    ReadingMemory.take(900);
                                    return 0;
                                },
                                result -> 0)));
        assertThat(counter.taken).isZero();
    }

    @Test
    void valuesCountForMoreThanLetters() {
        byte[] letters = "a".repeat(1000).getBytes(StandardCharsets.UTF_8);
        byte[] arrays = "[".repeat(1000).getBytes(StandardCharsets.UTF_8);
        assertThat(ReadingMemory.toParse(letters, 0, 1000)).isEqualTo(4000);
        assertThat(ReadingMemory.toParse(arrays, 0, 1000)).isEqualTo(76_000);
        assertThat(ReadingMemory.toParse("[".repeat(1000))).isEqualTo(76_000);
        assertThat(ReadingMemory.toTokenize("a+b_1 c")).isEqualTo(4 * 7 + 4 * 100);
    }
}
