package org.migreg.capture;

import java.util.function.ToLongFunction;

/**
 * The memory that may be taken to read files. Whoever has files read may set a bound; readers then say what they are
 * about to keep before they keep it. Without a bound nothing is refused.
 */
public final class ReadingMemory {

    /** What a byte of a text takes at most while it is read: itself, decoded, and once more in the reader's hands. */
    private static final int TIMES = 4;

    /** What a value of JSON, YAML or XML takes at most, measured: an array in an array in an array. */
    private static final int VALUE = 72;

    /** What a token takes with its place. */
    private static final int TOKEN = 100;

    private static final long LIST = 1 << 10;
    private static final long REGISTER = 40;

    private static final ScopedValue<Budget> BUDGET = ScopedValue.newInstance();

    private ReadingMemory() {}

    /** How much there is. */
    public interface Budget {
        /**
         * @throws ExhaustedException when there is not so much left
         */
        void take(long bytes);

        void giveBack(long bytes);
    }

    /** There is not enough memory to read this, now or at all. */
    public static final class ExhaustedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        public ExhaustedException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Bounds what all reading in a piece of work takes together. */
    public static <T, X extends Throwable> T within(Budget budget, ScopedValue.CallableOp<? extends T, X> work)
            throws X {
        return ScopedValue.where(BUDGET, budget).call(work);
    }

    /** Says that so many bytes will be kept until the file is read. */
    public static void take(long bytes) {
        if (BUDGET.isBound()) {
            BUDGET.get().take(bytes);
        }
    }

    /**
     * Reads one file: what it took is given back in the end, except for what the result holds.
     *
     * @param kept how many bytes that is
     */
    public static <T, X extends Throwable> T ofOneFile(
            ScopedValue.CallableOp<? extends T, X> reading, ToLongFunction<T> kept) throws X {
        if (!BUDGET.isBound()) {
            return reading.call();
        }
        Budget all = BUDGET.get();
        OneFile file = new OneFile(all);
        try {
            T result = ScopedValue.where(BUDGET, file).call(reading);
            all.take(kept.applyAsLong(result));
            return result;
        } finally {
            all.giveBack(file.taken);
        }
    }

    private static final class OneFile implements Budget {

        private final Budget all;
        private long taken;

        OneFile(Budget all) {
            this.all = all;
        }

        @Override
        public void take(long bytes) {
            all.take(bytes);
            taken += bytes;
        }

        @Override
        public void giveBack(long bytes) {
            all.giveBack(bytes);
            taken -= bytes;
        }
    }

    /** What a list of so many registers takes, with what is made of it. */
    public static long toKeep(int registers) {
        return LIST + REGISTER * registers;
    }

    /** What a text of so many bytes takes at least while it is parsed. */
    public static long toParse(long length) {
        return TIMES * length;
    }

    /** What a text may take while it is parsed: by its size, and by the values that stand in it. */
    public static long toParse(CharSequence text) {
        return toParse(text.length())
                + VALUE * text.chars().filter(ReadingMemory::beginsAValue).count();
    }

    /** The same for so many bytes of a text. */
    public static long toParse(byte[] text, int offset, int length) {
        int values = 0;
        for (int i = offset; i < offset + length; i++) {
            if (beginsAValue(text[i])) {
                values++;
            }
        }
        return toParse(length) + (long) VALUE * values;
    }

    private static boolean beginsAValue(int character) {
        return switch (character) {
            case '{', '[', ',', ':', '<', '\n' -> true;
            default -> false;
        };
    }

    /** What a text may take with all its words and marks as tokens. */
    public static long toTokenize(CharSequence text) {
        long tokens = 0;
        boolean inWord = false;
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            boolean isOfWord = each == '_' || Character.isLetterOrDigit(each);
            if (isOfWord ? !inWord : each > ' ') {
                tokens++;
            }
            inWord = isOfWord;
        }
        return toParse(text.length()) + TOKEN * tokens;
    }
}
