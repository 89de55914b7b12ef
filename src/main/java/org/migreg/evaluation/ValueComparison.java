package org.migreg.evaluation;

import java.util.ArrayList;
import java.util.List;
import org.migreg.qemu.Accelerator;
import org.migreg.register.ListDifference;
import org.migreg.register.RegisterId;

/**
 * The decisions on all values that the destination's QEMU writes once the list comparison has passed:
 * the common registers with the incoming value, the absent ones with their own.
 *
 * @param compared common registers with a value on both sides
 * @param notGiven common registers that a rule would look at, with a value missing, ascending
 * @param decisions those that are not plainly accepted, ascending by register
 */
record ValueComparison(int compared, List<RegisterId> notGiven, List<Decided> decisions) {

    /** One register's decision, with the incoming value (its own where absent) and the destination's. */
    record Decided(RegisterId register, boolean absent, long incoming, long current, ValueDecision decision) {}

    static ValueComparison of(ListDifference difference, DestinationSide destination) {
        boolean kvm = destination.accelerator() == Accelerator.KVM;
        ValueFacts facts = new ValueFacts(
                difference.outgoing(),
                difference.local(),
                destination.masks(),
                destination.hostKernel(),
                ValueFacts.baseOf(destination.hostKernel()),
                destination.hardwareNv());
        List<Decided> decisions = new ArrayList<>();
        int compared = 0;
        List<RegisterId> notGiven = new ArrayList<>();
        int o = 0;
        var outgoing = difference.outgoing();
        var local = difference.local();
        for (int l = 0; l < local.size(); l++) {
            long id = local.idAt(l);
            while (o < outgoing.size() && Long.compareUnsigned(outgoing.idAt(o), id) < 0) {
                o++;
            }
            boolean absent = o == outgoing.size() || outgoing.idAt(o) != id;
            boolean known = local.hasValueAt(l) && (absent || outgoing.hasValueAt(o));
            long current = local.valueAt(l);
            long incoming = absent ? current : outgoing.valueAt(o);
            if (!known) {
                if (kvm ? !absent && KvmValueRules.looksAt(id) : TcgValueRules.looksAt(id)) {
                    notGiven.add(new RegisterId(id));
                }
                continue;
            }
            ValueDecision decision;
            if (absent) {
                decision = kvm ? KvmValueRules.decideAbsent(id, facts) : TcgValueRules.decideAbsent(id, current, facts);
            } else {
                compared++;
                decision = kvm
                        ? KvmValueRules.decide(id, incoming, current, facts)
                        : TcgValueRules.decide(id, incoming, current, facts);
            }
            if (!(decision instanceof ValueDecision.Accepted)) {
                decisions.add(new Decided(new RegisterId(id), absent, incoming, current, decision));
            }
        }
        return new ValueComparison(compared, notGiven, decisions);
    }

    /** Whether any value bore on the outcome: TCG checks an absent register's own value against 0. */
    boolean decides() {
        return compared > 0 || !decisions.isEmpty();
    }

    boolean hasRefused() {
        return decisions.stream().anyMatch(decided -> decided.decision() instanceof ValueDecision.Refused);
    }

    List<Decided> refused() {
        return decisions.stream()
                .filter(decided -> decided.decision() instanceof ValueDecision.Refused)
                .toList();
    }

    /** Whether it is open for a value if the destination takes it: a rule lacks something, or there is none. */
    boolean hasOpen() {
        return hasGaps()
                || decisions.stream()
                        .anyMatch(decided -> decided.decision() instanceof ValueDecision.Undecided
                                || decided.decision() instanceof ValueDecision.WithoutRule);
    }

    /** Whether some values were compared, and others that a rule looks at are missing: what was collected has gaps. */
    boolean hasGaps() {
        return compared > 0 && !notGiven.isEmpty();
    }

    /** Whether a guest that runs would lose something. */
    boolean hasLoss() {
        return decisions.stream()
                .anyMatch(decided -> decided.decision() instanceof ValueDecision.Changed changed && changed.felt());
    }
}
