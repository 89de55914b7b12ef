package org.migreg.register;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Two register lists held against each other: what only the outgoing one has is extra, what only the local one has is
 * absent.
 */
public final class ListDifference {

    private final RegisterList outgoing;
    private final RegisterList local;
    private final long[] extra;
    private final long[] absent;

    private ListDifference(RegisterList outgoing, RegisterList local, long[] extra, long[] absent) {
        this.outgoing = outgoing;
        this.local = local;
        this.extra = extra;
        this.absent = absent;
    }

    public static ListDifference between(RegisterList outgoing, RegisterList local) {
        long[] extra = new long[outgoing.size()];
        long[] absent = new long[local.size()];
        int extras = 0;
        int absents = 0;
        int o = 0;
        int l = 0;
        while (o < outgoing.size() || l < local.size()) {
            int order = o == outgoing.size()
                    ? 1
                    : l == local.size() ? -1 : Long.compareUnsigned(outgoing.idAt(o), local.idAt(l));
            if (order < 0) {
                extra[extras++] = outgoing.idAt(o++);
            } else if (order > 0) {
                absent[absents++] = local.idAt(l++);
            } else {
                o++;
                l++;
            }
        }
        return new ListDifference(outgoing, local, Arrays.copyOf(extra, extras), Arrays.copyOf(absent, absents));
    }

    public RegisterList outgoing() {
        return outgoing;
    }

    public RegisterList local() {
        return local;
    }

    public int extraCount() {
        return extra.length;
    }

    /** The id of the extra register at this position, ascending. */
    public long extra(int position) {
        return extra[position];
    }

    public int absentCount() {
        return absent.length;
    }

    /** The id of the absent register at this position, ascending. */
    public long absent(int position) {
        return absent[position];
    }

    public int commonCount() {
        return outgoing.size() - extra.length;
    }

    /** The extra registers, ascending. */
    public List<RegisterId> extraRegisters() {
        return registers(extra);
    }

    /** The absent registers, ascending. */
    public List<RegisterId> absentRegisters() {
        return registers(absent);
    }

    private static List<RegisterId> registers(long[] ids) {
        List<RegisterId> registers = new ArrayList<>(ids.length);
        for (long id : ids) {
            registers.add(new RegisterId(id));
        }
        return registers;
    }
}
