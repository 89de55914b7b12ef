package org.migreg.register;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The sorted, duplicate-free set of register IDs that one QEMU process migrates, with or without a
 * value for each. Canonical at birth: ascending by unsigned id, U32 and U64 registers only, without
 * CORE and SVE registers, which QEMU migrates elsewhere.
 *
 * <p>At most {@value #LARGEST} registers; real lists have 150 to 420. Kept in primitive arrays.
 *
 * <p>Source: QEMU {@code target/arm/kvm.c}, {@code kvm_arm_init_cpreg_list()}.
 */
public final class RegisterList {

    /** More registers than any host lists; larger input is a mistake, and is refused. */
    public static final int LARGEST = 8192;

    private static final long[] NONE = {};

    private final long[] ids;
    private final long[] values;
    /** One bit for each register whose value is known; empty where none is. */
    private final long[] known;

    private RegisterList(long[] ids, long[] values, long[] known) {
        this.ids = ids;
        this.values = values;
        this.known = known;
    }

    public static RegisterList empty() {
        return new RegisterList(NONE, NONE, NONE);
    }

    /** A builder that takes a raw {@code KVM_GET_REG_LIST} dump in any order and normalises it. */
    public static Builder builder() {
        return new Builder();
    }

    public int size() {
        return ids.length;
    }

    public boolean isEmpty() {
        return ids.length == 0;
    }

    /** The bits of the id at this position, ascending. */
    public long idAt(int position) {
        return ids[position];
    }

    public RegisterId registerAt(int position) {
        return new RegisterId(ids[position]);
    }

    public boolean hasValueAt(int position) {
        return known.length != 0 && (known[position >>> 6] >>> position & 1) != 0;
    }

    /** The value at this position; meaningless unless {@link #hasValueAt}. */
    public long valueAt(int position) {
        return values.length == 0 ? 0 : values[position];
    }

    /** The position of the id, or a negative number where the list lacks it. */
    public int indexOf(long id) {
        int low = 0;
        int high = ids.length - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            int order = Long.compareUnsigned(ids[middle], id);
            if (order < 0) {
                low = middle + 1;
            } else if (order > 0) {
                high = middle - 1;
            } else {
                return middle;
            }
        }
        return -(low + 1);
    }

    public boolean contains(RegisterId id) {
        return indexOf(id.bits()) >= 0;
    }

    /** The value of this register where the list has it and knows its value. */
    public OptionalLong valueOf(RegisterId id) {
        return valueOf(id.bits());
    }

    public OptionalLong valueOf(long id) {
        int position = indexOf(id);
        return position >= 0 && hasValueAt(position) ? OptionalLong.of(values[position]) : OptionalLong.empty();
    }

    /** How many registers have a value. */
    public int valueCount() {
        int count = 0;
        for (long word : known) {
            count += Long.bitCount(word);
        }
        return count;
    }

    /** This list without the given ids, which must be sorted (unsigned). */
    public RegisterList without(long[] sortedIds) {
        if (sortedIds.length == 0 || ids.length == 0) {
            return this;
        }
        long[] keptIds = new long[ids.length];
        long[] keptValues = values.length == 0 ? NONE : new long[ids.length];
        long[] keptKnown = known.length == 0 ? NONE : new long[known.length];
        int kept = 0;
        int next = 0;
        for (int i = 0; i < ids.length; i++) {
            while (next < sortedIds.length && Long.compareUnsigned(sortedIds[next], ids[i]) < 0) {
                next++;
            }
            if (next < sortedIds.length && sortedIds[next] == ids[i]) {
                continue;
            }
            keptIds[kept] = ids[i];
            if (keptValues.length != 0) {
                keptValues[kept] = values[i];
                if (hasValueAt(i)) {
                    keptKnown[kept >>> 6] |= 1L << kept;
                }
            }
            kept++;
        }
        if (kept == ids.length) {
            return this;
        }
        boolean anyKnown = Arrays.stream(keptKnown).anyMatch(word -> word != 0);
        return new RegisterList(
                Arrays.copyOf(keptIds, kept),
                anyKnown ? Arrays.copyOf(keptValues, kept) : NONE,
                anyKnown ? Arrays.copyOf(keptKnown, kept + 63 >>> 6) : NONE);
    }

    /** This list without any value. */
    public RegisterList withoutValues() {
        return known.length == 0 ? this : new RegisterList(ids, NONE, NONE);
    }

    public List<RegisterId> ids() {
        List<RegisterId> list = new ArrayList<>(ids.length);
        for (long id : ids) {
            list.add(new RegisterId(id));
        }
        return list;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RegisterList that
                && Arrays.equals(ids, that.ids)
                && Arrays.equals(known, that.known)
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(ids) + Arrays.hashCode(values);
    }

    /** One line a register, {@code 0x603000000013c103=0x0} or the id alone; for messages and tests. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < ids.length; i++) {
            text.append(Hex.word(ids[i]));
            if (hasValueAt(i)) {
                text.append('=').append(Hex.number(values[i]));
            }
            text.append('\n');
        }
        return text.toString();
    }

    /**
     * Collects registers in any order and normalises as QEMU does: CORE and SVE registers are
     * dropped, any other size than U32 or U64 is refused. The same register twice with the same
     * value counts once; with two values it is refused.
     */
    public static final class Builder {

        private long[] ids = new long[512];
        private long[] values = new long[512];
        private boolean[] known = new boolean[512];
        private int count;
        private int core;
        private int sve;
        private int repeated;

        private Builder() {}

        /** Adds a register without a value. */
        public Builder add(RegisterId id) {
            return add(id, 0, false);
        }

        /** Adds a register with its value. */
        public Builder add(RegisterId id, long value) {
            return add(id, value, true);
        }

        /** Whether normalisation drops this id: its value, of any width, need not be read. */
        public static boolean drops(RegisterId id) {
            return id.encoding() instanceof RegisterEncoding.Core || id.encoding() instanceof RegisterEncoding.Sve;
        }

        private Builder add(RegisterId id, long value, boolean hasValue) {
            if (!id.isMigratable()) {
                switch (id.encoding()) {
                    case RegisterEncoding.Core c -> core++;
                    case RegisterEncoding.Sve s -> sve++;
                    default ->
                        throw new IllegalArgumentException(
                                id + " is no register of an arm64 register list: its architecture is "
                                        + id.encoding().architecture() + " and its size "
                                        + id.encoding().sizeInBytes()
                                        + " bytes, while QEMU accepts arm64 (0x6) and arm (0x4) registers of 4 or 8 bytes");
                }
                return this;
            }
            if (count == ids.length) {
                // Room for repetitions, which build() merges; the bound on the result is checked there.
                if (count >= 4 * LARGEST) {
                    throw tooMany();
                }
                ids = Arrays.copyOf(ids, 2 * count);
                values = Arrays.copyOf(values, 2 * count);
                known = Arrays.copyOf(known, 2 * count);
            }
            ids[count] = id.bits();
            values[count] = value;
            known[count] = hasValue;
            count++;
            return this;
        }

        /** How many CORE registers were dropped. */
        public int droppedCore() {
            return core;
        }

        /** How many SVE registers were dropped. */
        public int droppedSve() {
            return sve;
        }

        /** How many registers stood more than once, known after {@link #build()}. */
        public int repeated() {
            return repeated;
        }

        /**
         * @throws IllegalArgumentException when a register has two different values or the list is
         *     longer than {@value RegisterList#LARGEST}
         */
        public RegisterList build() {
            Integer[] order = new Integer[count];
            Arrays.setAll(order, i -> i);
            Arrays.sort(order, (a, b) -> Long.compareUnsigned(ids[a], ids[b]));
            long[] sortedIds = new long[count];
            long[] sortedValues = new long[count];
            long[] sortedKnown = new long[count + 63 >>> 6];
            int size = 0;
            repeated = 0;
            boolean anyKnown = false;
            for (int i : order) {
                int last = size - 1;
                if (size > 0 && sortedIds[last] == ids[i]) {
                    repeated++;
                    boolean lastKnown = (sortedKnown[last >>> 6] >>> last & 1) != 0;
                    if (!known[i]) {
                        continue;
                    }
                    if (lastKnown && sortedValues[last] != values[i]) {
                        throw new IllegalArgumentException(Hex.word(ids[i]) + " ("
                                + new RegisterId(ids[i]).name() + ") stands twice with different values, "
                                + Hex.number(sortedValues[last]) + " and " + Hex.number(values[i])
                                + ": give it once");
                    }
                    sortedValues[last] = values[i];
                    sortedKnown[last >>> 6] |= 1L << last;
                    anyKnown = true;
                    continue;
                }
                sortedIds[size] = ids[i];
                if (known[i]) {
                    sortedValues[size] = values[i];
                    sortedKnown[size >>> 6] |= 1L << size;
                    anyKnown = true;
                }
                size++;
            }
            if (size > LARGEST) {
                throw tooMany();
            }
            return new RegisterList(
                    Arrays.copyOf(sortedIds, size),
                    anyKnown ? Arrays.copyOf(sortedValues, size) : NONE,
                    anyKnown ? Arrays.copyOf(sortedKnown, size + 63 >>> 6) : NONE);
        }

        private static IllegalArgumentException tooMany() {
            return new IllegalArgumentException("a register list has at most " + LARGEST
                    + " registers (real hosts list 150 to 420): give one vCPU's list");
        }
    }
}
