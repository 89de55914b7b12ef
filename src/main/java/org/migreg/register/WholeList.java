package org.migreg.register;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
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

    /** The cache size id of selector 0. */
    private static final long FIRST_CACHE = 0x6020_0000_0011_0000L;

    private static final List<String[]> ROWS = FactTable.read("arm64-kvm-always-listed.csv", "id,since", 2);

    private static final long[] ON_EVERY_KERNEL = read("any");
    private static final long[] SINCE_6_1 = read("6.1");
    private static final long[] SINCE_6_12 = read("6.12");

    /** All of them or none. */
    private static final List<long[]> TOGETHER = List.of(read("pmu"), read("pauth"));

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
     * @param major of the upstream release that the host's kernel is built from, with what later ones list; 0 where not known
     * @param minor likewise
     * @return a sentence without its full stop, or null where nothing speaks against it
     */
    public static @Nullable String whyItIsNot(RegisterList registers, int major, int minor) {
        OptionalLong midr = registers.valueOf(KnownRegisters.MIDR_EL1);
        if (midr.isPresent() && midr.getAsLong() == 0) {
            return "MIDR_EL1 is 0, as no processor's is";
        }
        List<RegisterId> missing = missing(registers, ON_EVERY_KERNEL);
        if (major > 6 || major == 6 && minor >= 1) {
            missing.addAll(missing(registers, SINCE_6_1));
        }
        if (major > 6 || major == 6 && minor >= 12) {
            missing.addAll(missing(registers, SINCE_6_12));
        }
        for (long[] together : TOGETHER) {
            List<RegisterId> lacking = missing(registers, together);
            if (lacking.size() < together.length) {
                missing.addAll(lacking);
            }
        }
        missing.addAll(missingCaches(registers));
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
                + ", which every such one has";
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

    /**
     * Of cache size ids, a kernel lists either those that CLIDR_EL1 has or all 14: so do all captured kernels, and 5.10 under
     * Firecracker.
     */
    private static List<RegisterId> missingCaches(RegisterList registers) {
        OptionalLong clidr = registers.valueOf(KnownRegisters.CLIDR_EL1);
        if (clidr.isEmpty()) {
            return List.of();
        }
        List<RegisterId> ofTheHost = new ArrayList<>();
        List<RegisterId> missing = new ArrayList<>();
        boolean ends = false;
        boolean others = false;
        for (int selector = 0; selector < 14; selector++) {
            long type = clidr.getAsLong() >>> (selector / 2 * 3) & 7;
            ends |= type == 0;
            RegisterId id = new RegisterId(FIRST_CACHE + selector);
            boolean isOfTheHost = !ends && (selector % 2 == 0 ? type >= 2 : type == 1 || type == 3);
            if (isOfTheHost) {
                ofTheHost.add(id);
            }
            others |= !isOfTheHost && registers.contains(id);
            if (!registers.contains(id)) {
                missing.add(id);
            }
        }
        ofTheHost.removeIf(registers::contains);
        return others ? missing : ofTheHost;
    }

    private static long[] read(String since) {
        return ROWS.stream()
                .filter(row -> row[1].equals(since))
                .map(row -> RegisterId.parse(row[0]))
                .sorted()
                .mapToLong(RegisterId::bits)
                .toArray();
    }
}
