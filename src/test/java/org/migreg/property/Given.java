package org.migreg.property;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;

/**
 * One case of a property, made of whole numbers chosen one after another. A case is made anew from the numbers noted of
 * another one, and from fewer or smaller numbers comes a simpler case.
 */
public final class Given {

    private static final int LONGEST_SHOWN = 2000;

    /** The case does not meet what the property assumes. */
    static final class AssumptionNotMet extends RuntimeException {

        private static final long serialVersionUID = 1L;

        AssumptionNotMet() {
            super(null, null, false, false);
        }
    }

    private final List<Long> told;
    private final RandomGenerator random;
    private final List<Long> chosen = new ArrayList<>();
    private final List<String> shown = new ArrayList<>();
    private int depth;

    /** A new case. */
    Given(RandomGenerator random) {
        this.told = List.of();
        this.random = random;
    }

    /** The case of these choices; those that lack are 0. */
    Given(List<Long> told) {
        this.told = told;
        this.random = null;
    }

    /** Any value that the generator makes. */
    public <T> T any(Generator<T> generator) {
        depth++;
        T value;
        try {
            value = generator.from(this);
        } finally {
            depth--;
        }
        if (depth == 0) {
            shown.add(show(value));
        }
        return value;
    }

    /** Lets another case be made instead of this one where the property says nothing of it. */
    public void assume(boolean condition) {
        if (!condition) {
            throw new AssumptionNotMet();
        }
    }

    /** A number from 0 to this one, without sign; what is wished for is asked in new cases only. */
    long choose(long greatest, ToLongFunction<RandomGenerator> wish) {
        int next = chosen.size();
        long choice = next < told.size() ? told.get(next) : random == null ? 0 : wish.applyAsLong(random);
        if (Long.compareUnsigned(choice, greatest) > 0) {
            choice = greatest;
        }
        chosen.add(choice);
        return choice;
    }

    /** A size to aim at in a new case. It is not noted: what is noted is whether there is one more, each time. */
    int sizeToAimAt(int least, int most) {
        if (random == null) {
            return most;
        }
        return switch (random.nextInt(10)) {
            case 0 -> least;
            case 1 -> most;
            default -> random.nextInt(least, most + 1);
        };
    }

    /** Whether a collection gets one more, which a new case answers as told. */
    boolean oneMore(boolean wished) {
        return choose(1, any -> wished ? 1 : 0) == 1;
    }

    List<Long> choices() {
        return List.copyOf(chosen);
    }

    /** The values that the property itself asked for. */
    String shown() {
        return String.join("\n", shown);
    }

    private static String show(Object value) {
        String text = switch (value) {
            case null -> "null";
            case byte[] bytes -> "bytes " + HexFormat.of().formatHex(bytes);
            case String string -> "\"" + string + "\"";
            default -> value.toString();
        };
        StringBuilder readable = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), LONGEST_SHOWN); i++) {
            char c = text.charAt(i);
            if (c != '\n' && (Character.isISOControl(c) || Character.isSurrogate(c))) {
                readable.append(String.format("\\u%04x", (int) c));
            } else {
                readable.append(c);
            }
        }
        if (text.length() > LONGEST_SHOWN) {
            readable.append("... (").append(text.length()).append(" characters)");
        }
        return readable.toString();
    }
}
