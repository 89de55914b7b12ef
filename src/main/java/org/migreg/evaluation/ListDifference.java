package org.migreg.evaluation;

import java.util.Arrays;
import org.migreg.register.RegisterList;

/** The outgoing and the local list held against each other: what is extra and what is absent. */
final class ListDifference {

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

    static ListDifference between(RegisterList outgoing, RegisterList local) {
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

    RegisterList outgoing() {
        return outgoing;
    }

    RegisterList local() {
        return local;
    }

    int extraCount() {
        return extra.length;
    }

    /** The id of the extra register at this position, ascending. */
    long extra(int position) {
        return extra[position];
    }

    int absentCount() {
        return absent.length;
    }

    /** The id of the absent register at this position, ascending. */
    long absent(int position) {
        return absent[position];
    }

    int commonCount() {
        return outgoing.size() - extra.length;
    }
}
