package org.migreg.register;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whether a register list can be all that a KVM host lists. A collection that fails half-way yields less, and a list
 * that is cut makes a guest look as if it could go anywhere. The registers are in {@code arm64-kvm-always-listed.csv},
 * whose head names its sources.
 */
public final class WholeList {

    /** The fewest registers that a real KVM host was seen to list are 167 (6.1.0-50, a vCPU without PMU). */
    public static final int SHORTEST = 160;

    private static final int NAMED = 5;

    private static final long[] ON_EVERY_KERNEL = read("any"::equals);
    private static final long[] SINCE_6_1 = read(since -> true);

    /** A list with fewer is a question about these registers, not somebody's collection. */
    private static final int LONGEST_EXCERPT = 30;

    private WholeList() {}

    /** Whether it has so few registers that a question gives them for their own sake. */
    public static boolean isExcerpt(RegisterList registers) {
        return registers.size() < LONGEST_EXCERPT;
    }

    /**
     * Why the list cannot be all that a KVM host lists.
     *
     * @param surelySince6_1 whether the host's kernel is surely 6.1 or later
     * @return a sentence without its full stop, or null where nothing speaks against it
     */
    public static @Nullable String whyItIsNot(RegisterList registers, boolean surelySince6_1) {
        OptionalLong midr = registers.valueOf(KnownRegisters.MIDR_EL1);
        if (midr.isPresent() && midr.getAsLong() == 0) {
            return "MIDR_EL1 is 0, as no processor's is";
        }
        List<RegisterId> missing = missing(registers, surelySince6_1 ? SINCE_6_1 : ON_EVERY_KERNEL);
        if (missing.isEmpty()) {
            return null;
        }
        String many = registers.size() == 1 ? "1 register" : registers.size() + " registers";
        if (registers.size() < SHORTEST) {
            return many + " cannot be a KVM host's list (the shortest real ones have about " + SHORTEST + ")";
        }
        List<String> names = missing.stream().limit(NAMED).map(RegisterId::name).toList();
        return many + " cannot be a KVM host's whole list: it lacks " + String.join(", ", names)
                + (missing.size() > NAMED ? " and " + (missing.size() - NAMED) + " more" : "")
                + ", which every one has";
    }

    /** Both ascend. */
    private static List<RegisterId> missing(RegisterList registers, long[] wanted) {
        List<RegisterId> missing = new ArrayList<>();
        int position = 0;
        for (long id : wanted) {
            while (position < registers.size() && Long.compareUnsigned(registers.idAt(position), id) < 0) {
                position++;
            }
            if (position == registers.size() || registers.idAt(position) != id) {
                missing.add(new RegisterId(id));
            }
        }
        return missing;
    }

    private static long[] read(Predicate<String> since) {
        return FactTable.read("arm64-kvm-always-listed.csv", "id,since", 2).stream()
                .filter(row -> since.test(row[1]))
                .map(row -> RegisterId.parse(row[0]))
                .sorted()
                .mapToLong(RegisterId::bits)
                .toArray();
    }
}
