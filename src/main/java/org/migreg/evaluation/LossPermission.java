package org.migreg.evaluation;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.migreg.policy.CompatProperty;
import org.migreg.policy.EffectivePolicy;
import org.migreg.policy.PolicyEntry;
import org.migreg.register.RegisterId;

/**
 * Whether the destination may lose one extra register: what the tables and QEMU's own tolerances say of it.
 *
 * @param inForce whether the destination's QEMU ignores the register because of it
 * @param safe whether it is declared that nothing is lost
 * @param entry the entry that says so, or that comes closest; null where none speaks of the register
 * @param kind of the finding that tells of it
 * @param reason why something is open, for a person; else empty
 */
record LossPermission(Holds inForce, Holds safe, @Nullable PolicyEntry entry, FindingKind kind, String reason) {

    static final LossPermission NONE = new LossPermission(Holds.NO, Holds.NO, null, FindingKind.EXTRA_FATAL, "");

    /** @param value the incoming one, where known */
    static LossPermission of(RegisterId register, OptionalLong value, DestinationSide destination) {
        LossPermission byTable = byTable(register, value, destination.policy());
        return switch (destination.behaviour()) {
            case LoadBehaviour.XMigProperties b -> byTable;
            // As a tolerance the condition is tested by QEMU itself: in force means safe.
            case LoadBehaviour.Tolerances t when t.fromTable() -> byTable.with(byTable.safe);
            case LoadBehaviour.Tolerances t -> byUpstream(register, value, destination, byTable);
            case LoadBehaviour.LengthChecked b -> byTable.with(Holds.NO);
            case LoadBehaviour.AllMismatches b -> byTable.with(Holds.NO);
        };
    }

    private LossPermission with(Holds otherInForce) {
        return new LossPermission(otherInForce, safe, entry, kind, reason);
    }

    private static LossPermission byTable(RegisterId register, OptionalLong value, EffectivePolicy policy) {
        EffectivePolicy.Element element = policy.element(CompatProperty.SAFE_MISSING_REGS, register);
        if (element == null) {
            return NONE;
        }
        Holds inForce = element.isDecided() ? Holds.YES : Holds.OPEN;
        LossPermission open = null;
        LossPermission notMet = null;
        for (EffectivePolicy.Origin origin : element.origins()) {
            PolicyEntry entry = origin.entry();
            Holds met = Holds.of(entry.condition(), value);
            if (met == Holds.YES && origin.isDecided()) {
                return new LossPermission(inForce, Holds.YES, entry, FindingKind.EXTRA_TOLERATED, "");
            }
            if (met == Holds.YES) {
                String undecided = origin.match().reason();
                open = new LossPermission(inForce, Holds.OPEN, entry, FindingKind.ENTRY_UNDECIDED, undecided);
            } else if (met == Holds.OPEN && open == null) {
                open = new LossPermission(
                        inForce,
                        Holds.OPEN,
                        entry,
                        FindingKind.CONDITION_UNDECIDED,
                        FindingText.conditionNeedsValue(entry.condition()));
            } else if (notMet == null) {
                notMet = new LossPermission(
                        inForce,
                        Holds.NO,
                        entry,
                        FindingKind.CONDITION_NOT_MET,
                        inForce == Holds.YES ? "" : origin.match().reason());
            }
        }
        return open != null ? open : notMet != null ? notMet : NONE;
    }

    private static LossPermission byUpstream(
            RegisterId register, OptionalLong value, DestinationSide destination, LossPermission byTable) {
        for (Tolerance tolerance : Tolerance.UPSTREAM) {
            if (!tolerance.register().equals(register) || !tolerance.isIn(destination)) {
                continue;
            }
            PolicyEntry entry = byTable.entry();
            switch (Holds.of(tolerance.condition(), value)) {
                case YES -> {
                    return new LossPermission(Holds.YES, Holds.YES, entry, FindingKind.EXTRA_TOLERATED, "");
                }
                case OPEN -> {
                    return new LossPermission(
                            Holds.OPEN,
                            Holds.OPEN,
                            entry,
                            FindingKind.CONDITION_UNDECIDED,
                            FindingText.toleranceNeedsValue(tolerance));
                }
                case NO -> {}
            }
        }
        return byTable.with(Holds.NO);
    }
}
