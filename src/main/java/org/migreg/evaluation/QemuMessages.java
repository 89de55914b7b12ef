package org.migreg.evaluation;

import java.util.ArrayList;
import java.util.List;
import org.migreg.policy.CompatProperty;
import org.migreg.qemu.Accelerator;
import org.migreg.register.ListDifference;
import org.migreg.register.RegisterId;

/**
 * What a destination QEMU prints about a load, without the name of the binary, as one vCPU makes it
 * print. Wordings of QEMU 7.2, 10.0, 11.1 and of builds with the x-mig series, as observed.
 */
final class QemuMessages {

    private static final String IN_CPU = "error while loading state for instance 0x0 of device 'cpu'";
    private static final String POST_LOAD =
            IN_CPU + ": post load hook failed for: cpu, version_id: 22, minimum_version: 22, ret: -1";
    private static final String NOT_PERMITTED = "load of migration failed: Operation not permitted";
    private static final String INVALID = "load of migration failed: Invalid argument";
    private static final String PUT_FAILED = "Failed to put registers after init: Invalid argument";

    private QemuMessages() {}

    static List<String> of(
            ListDifference difference, ListDecision decision, ValueComparison values, DestinationSide destination) {
        boolean tcg = destination.accelerator() == Accelerator.TCG;
        return switch (destination.behaviour()) {
            case LoadBehaviour.LengthChecked b -> lengthChecked(difference, decision, values, destination, tcg);
            case LoadBehaviour.AllMismatches b -> named(difference, decision, values, tcg, List.of());
            case LoadBehaviour.Tolerances t -> named(difference, decision, values, tcg, tolerated(t, destination));
            case LoadBehaviour.XMigProperties b -> xMig(difference, decision, values, destination, tcg);
        };
    }

    private static List<RegisterId> tolerated(LoadBehaviour.Tolerances behaviour, DestinationSide destination) {
        if (behaviour.fromTable()) {
            return List.of();
        }
        // not-on-both-ends: the destination may have it alone without a word.
        return Tolerance.UPSTREAM.stream()
                .filter(t -> t.condition() == null && t.isIn(destination))
                .map(Tolerance::register)
                .toList();
    }

    private static List<String> lengthChecked(
            ListDifference difference,
            ListDecision decision,
            ValueComparison values,
            DestinationSide destination,
            boolean tcg) {
        if (decision.failedStage() == FailedStage.LENGTH) {
            return List.of(
                    invalidLength(difference, destination),
                    "Failed to load cpu:cpreg_vmstate_array_len",
                    IN_CPU,
                    INVALID);
        }
        if (decision.failedStage() == FailedStage.REGISTER) {
            return List.of(IN_CPU, NOT_PERMITTED);
        }
        if (values.refused().isEmpty()) {
            return List.of();
        }
        return tcg ? List.of(IN_CPU, NOT_PERMITTED) : List.of(IN_CPU, PUT_FAILED);
    }

    private static List<String> named(
            ListDifference difference,
            ListDecision decision,
            ValueComparison values,
            boolean tcg,
            List<RegisterId> silentWhenAbsent) {
        List<String> messages = new ArrayList<>();
        int extra = 0;
        int absent = 0;
        while (extra < difference.extraCount() || absent < difference.absentCount()) {
            boolean extraIsNext = absent == difference.absentCount()
                    || extra < difference.extraCount()
                            && Long.compareUnsigned(difference.extra(extra), difference.absent(absent)) < 0;
            if (extraIsNext) {
                RegisterId register = new RegisterId(difference.extra(extra));
                if (decision.treatments().get(extra) != ExtraTreatment.TOLERATED) {
                    messages.add("handle_cpreg_only_in_incoming_stream: " + register.printedByQemu(tcg)
                            + " in the incoming stream but unknown on the destination: fail migration");
                }
                extra++;
            } else {
                RegisterId register = new RegisterId(difference.absent(absent));
                if (!silentWhenAbsent.contains(register)) {
                    messages.add("warning: handle_cpreg_missing_in_incoming_stream: " + register.printedByQemu(tcg)
                            + " expected by the destination but not in the incoming stream: skip it");
                }
                absent++;
            }
        }
        List<ValueComparison.Decided> refused = values.refused();
        if (!tcg && !refused.isEmpty()) {
            couldNotSet(messages, refused);
            messages.add(PUT_FAILED);
        } else if (!decision.passes() || !refused.isEmpty()) {
            messages.add(INVALID + ": " + POST_LOAD);
        }
        return messages;
    }

    private static List<String> xMig(
            ListDifference difference,
            ListDecision decision,
            ValueComparison values,
            DestinationSide destination,
            boolean tcg) {
        if (decision.failedStage() == FailedStage.LENGTH) {
            return List.of(
                    invalidLength(difference, destination),
                    INVALID + ": " + IN_CPU
                            + ": Failed to load element of type int32 le for cpreg_vmstate_array_len: -22");
        }
        if (!decision.passes()) {
            return List.of(NOT_PERMITTED + ": " + POST_LOAD);
        }
        List<ValueComparison.Decided> refused = values.refused();
        if (refused.isEmpty()) {
            return List.of();
        }
        if (tcg) {
            return List.of(NOT_PERMITTED + ": " + POST_LOAD);
        }
        List<String> messages = new ArrayList<>();
        couldNotSet(messages, refused);
        messages.add(PUT_FAILED);
        return messages;
    }

    private static void couldNotSet(List<String> messages, List<ValueComparison.Decided> refused) {
        for (ValueComparison.Decided decided : refused) {
            boolean gone = decided.decision() instanceof ValueDecision.Refused r && r.unknownToKvm();
            String register = decided.register().printedByQemu(false);
            messages.add(
                    gone
                            ? "Could not set register " + register + ": unknown to KVM"
                            : "Could not set register " + register + " to " + Long.toHexString(decided.incoming())
                                    + " (is " + Long.toHexString(decided.current()) + ")");
        }
    }

    private static String invalidLength(ListDifference difference, DestinationSide destination) {
        int safeMissing = destination.policy().decidedIds(CompatProperty.SAFE_MISSING_REGS).length;
        int local = difference.local().size();
        return "Invalid value " + difference.outgoing().size() + " expecting positive value <= "
                + destination.behaviour().longestStream(local, safeMissing).orElse(local);
    }
}
