package org.migreg.property;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Checks that something holds of many cases made by chance, and shows the simplest case found of which it does not.
 *
 * <p>Every run makes other cases. The seed stands in the output of each test and in the message of one that fails; with
 * {@code -Dmigreg.property.seed=SEED} the same cases come again.
 */
public final class Property {

    private static final String SEED_SETTING = "migreg.property.seed";
    private static final long SEED = Long.getLong(SEED_SETTING, new SplittableRandom().nextLong() >>> 16);

    /** Cases that do not meet an assumption, for each one that does: beyond this the property hardly says a thing. */
    private static final int REJECTED_PER_TRY = 50;

    /** Runs that the search for a simpler case may take. */
    private static final int SIMPLIFICATIONS = 2000;

    private final String name;
    private final Body body;

    private Property(String name, Body body) {
        this.name = name;
        this.body = body;
    }

    /** Asks for values and asserts what holds of them. */
    @FunctionalInterface
    public interface Body {
        void check(Given given) throws Exception;
    }

    /** What came of one case: {@code thrown} is null where the property holds. */
    private record Outcome(List<Long> choices, String shown, Throwable thrown) {

        boolean failed() {
            return thrown != null && !rejected();
        }

        boolean rejected() {
            return thrown instanceof Given.AssumptionNotMet;
        }

        boolean isSimplerThan(Outcome other) {
            int difference = choices.size() - other.choices.size();
            for (int i = 0; difference == 0 && i < choices.size(); i++) {
                difference = Long.compareUnsigned(choices.get(i), other.choices.get(i));
            }
            return difference < 0;
        }
    }

    /**
     * Checks so many cases.
     *
     * @throws AssertionError with the simplest case found, and the seed, where one fails, or where too few meet what the
     *     property assumes
     */
    public static void holds(int tries, Body body) {
        String name = StackWalker.getInstance()
                .walk(frames -> frames.filter(frame -> !frame.getClassName().equals(Property.class.getName()))
                        .findFirst())
                .map(frame -> frame.getClassName()
                                .substring(frame.getClassName().lastIndexOf('.') + 1) + "." + frame.getMethodName())
                .orElseThrow();
        new Property(name, body).check(tries, SEED);
    }

    /** As {@link #holds}, with a name and a seed that are told. */
    static void holds(String name, int tries, long seed, Body body) {
        new Property(name, body).check(tries, seed);
    }

    private void check(int tries, long seed) {
        SplittableRandom random = new SplittableRandom(seed + 0x9e37_79b9_7f4a_7c15L * name.hashCode());
        long rejected = 0;
        for (int n = 1; n <= tries; ) {
            Outcome outcome = outcomeOf(new Given(random.split()));
            if (outcome.failed()) {
                throw failure(n, tries, seed, outcome);
            }
            if (!outcome.rejected()) {
                n++;
            } else if (++rejected > (long) REJECTED_PER_TRY * tries) {
                throw new AssertionError("%s: only %d cases of %d meet what it assumes: make such cases more often"
                        .formatted(name, n - 1, rejected + n - 1));
            }
        }
        System.out.printf("%s: %d tries, %d other cases rejected, %s=%d%n", name, tries, rejected, SEED_SETTING, seed);
    }

    private Outcome outcomeOf(Given given) {
        Throwable thrown = null;
        try {
            body.check(given);
        } catch (Throwable any) {
            thrown = any;
        }
        return new Outcome(given.choices(), given.shown(), thrown);
    }

    private AssertionError failure(int number, int tries, long seed, Outcome first) {
        Outcome simplest = simplified(first);
        String reason = simplest.thrown().toString().strip().lines().findFirst().orElse("");
        StringBuilder message = new StringBuilder("%s: try %d of %d fails: %s%nfor%n%s%n"
                .formatted(name, number, tries, reason, indented(simplest.shown())));
        if (!simplest.equals(first)) {
            message.append("which is simpler than what failed first%n%s%n".formatted(indented(first.shown())));
        }
        message.append("The same cases again: -D%s=%d".formatted(SEED_SETTING, seed));
        return new AssertionError(message.toString(), simplest.thrown());
    }

    private static String indented(String text) {
        return text.isEmpty() ? "    (no values)" : text.indent(4).stripTrailing();
    }

    /** Leaves choices out and makes choices smaller as long as the case still fails in the same way. */
    private Outcome simplified(Outcome first) {
        Outcome simplest = first;
        int left = SIMPLIFICATIONS;
        boolean goesOn = true;
        while (goesOn) {
            Outcome before = simplest;
            for (int length = 32; length > 0; length /= 2) {
                for (int at = simplest.choices().size() - length; at >= 0 && left > 0; at--, left--) {
                    at = Math.min(at, simplest.choices().size() - length);
                    if (at >= 0) {
                        simplest = simplerOf(simplest, without(simplest.choices(), at, length));
                    }
                }
            }
            for (int at = 0; at < simplest.choices().size() && left > 0; at++) {
                long low = -1;
                long high = simplest.choices().get(at);
                long wanted = 0;
                while (high != 0 && low + 1 != high && left-- > 0) {
                    Outcome simpler = simplerOf(simplest, with(simplest.choices(), at, wanted));
                    if (!simpler.equals(simplest)) {
                        simplest = simpler;
                        high = wanted;
                        if (at >= simplest.choices().size()) {
                            break;
                        }
                    } else {
                        low = wanted;
                    }
                    wanted = low + ((high - low) >>> 1);
                }
            }
            goesOn = !simplest.equals(before) && left > 0;
        }
        return simplest;
    }

    private Outcome simplerOf(Outcome failed, List<Long> choices) {
        Outcome outcome = outcomeOf(new Given(choices));
        return outcome.failed()
                        && outcome.thrown().getClass() == failed.thrown().getClass()
                        && outcome.isSimplerThan(failed)
                ? outcome
                : failed;
    }

    private static List<Long> without(List<Long> choices, int at, int length) {
        List<Long> fewer = new ArrayList<>(choices);
        fewer.subList(at, at + length).clear();
        return fewer;
    }

    private static List<Long> with(List<Long> choices, int at, long choice) {
        List<Long> changed = new ArrayList<>(choices);
        changed.set(at, choice);
        return changed;
    }
}
