package org.migreg.evaluation;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.migreg.hostkernel.PageSize;
import org.migreg.policy.PolicyEntry;
import org.migreg.policy.ValueCondition;
import org.migreg.qemu.QemuVersion;
import org.migreg.register.Hex;
import org.migreg.register.RegisterId;

/** The findings' sentences. What is decided stands elsewhere; here are only the words for it. */
final class FindingText {

    private static final int MOST_NAMES = 10;

    private FindingText() {}

    /** @param weight how heavily open questions weigh in this evaluation */
    static String open(Question question, Severity weight) {
        String effect = switch (question.about()) {
            case TOLERATED, SAFE -> "losing its state on the destination is allowed";
            case SAFELY_HIDDEN -> "the source may hide it without a loss";
            case HIDDEN_ON_SOURCE -> "the source hides it";
            case HIDDEN_ON_DESTINATION -> "the destination hides it";
        };
        String reason = question.reason();
        return "Whether " + effect + " is unknown for "
                + question.register().name() + ": "
                + (reason.endsWith(".") ? reason : reason + ".")
                + switch (weight) {
                    case INFO -> " The verdict is the same either way.";
                    case WARNING -> " The guest may migrate either way.";
                    case BLOCKING, UNKNOWN, UNSAFE -> "";
                };
    }

    static String excerpt(String side, int registers) {
        return "The " + registers + (registers == 1 ? " register" : " registers") + " of the " + side
                + " are taken for all that matter there: a real list has about 160 at the least.";
    }

    static String notWhole(String side, String why) {
        return "The list of the " + side + " cannot be relied on: " + why + ". Collect it again.";
    }

    static String nested(@Nullable QemuVersion qemu, boolean refuses, String message) {
        String known = "QEMU 10.1 to 11.1 refuse to migrate a guest that has EL2 under KVM: " + message + ".";
        if (refuses) {
            return "The guest has EL2 under KVM, and QEMU " + qemu + " on the source refuses to migrate it: " + message
                    + ".";
        }
        return "The guest has EL2 under KVM. " + known + " "
                + (qemu == null
                        ? "Which QEMU the source runs is not known."
                        : "What the source's QEMU " + qemu + " does is unknown.");
    }

    static String cpuAssumed() {
        return "Nobody said what guest CPU QEMU has: -cpu host without properties is assumed. Give 'cpu' where it is"
                + " another.";
    }

    static String cpuDiffers(String source, String destination) {
        return "The guest has -cpu " + source + " on the source and " + destination
                + " on the destination, and a guest keeps its CPU: say which one it has ('cpu'), and capture such a guest on"
                + " both.";
    }

    static String laterQemu(QemuVersion qemu, QemuVersion newest) {
        return "QEMU " + qemu + " is later than " + newest
                + ", the newest whose behaviour was seen: it is assumed to behave" + " as that one does.";
    }

    static String pageSizeDiffers(@Nullable PageSize from, @Nullable PageSize to) {
        return "The source's kernel has pages of " + (from == null ? "a size that its release does not tell" : from)
                + ", the destination's of " + (to == null ? "a size that its release does not tell" : to)
                + ": distributions do not support moves between page sizes, though the lists may agree.";
    }

    static String conditionNeedsValue(@Nullable ValueCondition condition) {
        return needsValue("the condition " + condition);
    }

    static String toleranceNeedsValue(Tolerance tolerance) {
        return needsValue("the tolerance of " + tolerance.origin() + " (" + tolerance.condition() + ")");
    }

    private static String needsValue(String what) {
        return what + " needs the register's value on the source, which was not given";
    }

    static String hidden(FindingKind side, RegisterId register, @Nullable PolicyEntry entry) {
        boolean onSource = side == FindingKind.HIDDEN_ON_SOURCE;
        return register.name() + " is hidden on the " + (onSource ? "source" : "destination")
                + (entry == null ? "" : " by machine type " + entry.machineType())
                + ": it is not " + (onSource ? "sent" : "compared") + ".";
    }

    static String lengthExceeded(int outgoing, int local) {
        return "The incoming list has " + outgoing + " registers, more than the destination, which has " + local
                + ", accepts: QEMU fails before it looks at any of them.";
    }

    static String extraUndecided(RegisterId register) {
        return register.name()
                + " is in the incoming stream and unknown on the destination; whether that is tolerated is unknown.";
    }

    static String fatal(RegisterId register, LossPermission permission, boolean hiddenOnDestination) {
        if (hiddenOnDestination) {
            return register.name()
                    + " is hidden only on the destination, which makes it an unknown one in the incoming stream: hide it"
                    + " on the source too, or declare it safe-missing on the destination.";
        }
        String extra = register.name() + " is in the incoming stream and unknown on the destination";
        PolicyEntry entry = permission.entry();
        if (permission.kind() == FindingKind.CONDITION_NOT_MET && entry != null) {
            return extra + "; its value does not meet the condition of the tolerance (" + entry.condition() + ").";
        }
        if (permission.safe() == Holds.YES) {
            return extra + "; the tables declare it safe to lose, but this destination's QEMU does not carry them.";
        }
        return extra + ", and nothing tolerates it.";
    }

    static String tolerated(RegisterId register, @Nullable PolicyEntry entry) {
        return register.name() + " is in the incoming stream and unknown on the destination, which ignores it as "
                + (entry == null
                        ? "QEMU's own tolerance says."
                        : "machine type " + entry.machineType() + " declares it safe to lose.");
    }

    static String conditionNotMet(RegisterId register, @Nullable PolicyEntry entry) {
        return register.name()
                + " would be ignored on the destination, yet its value does not meet the condition under which losing it"
                + " is safe"
                + (entry == null || entry.condition() == null ? "" : " (" + entry.condition() + ")")
                + ": its state would be lost.";
    }

    static String hiddenWithALoss(RegisterId register, long value, PolicyEntry entry) {
        return register.name() + " is " + Hex.number(value) + " and hidden on the source by machine type "
                + entry.machineType() + ", which is safe only while " + entry.condition()
                + ": hiding it loses what the guest was offered.";
    }

    static String droppedSafely(RegisterId register, @Nullable PolicyEntry entry) {
        return register.name() + " passes this QEMU's comparison unnoticed and is lost, which "
                + (entry == null ? "is declared safe." : "machine type " + entry.machineType() + " declares safe.");
    }

    static String dropped(RegisterId register, LoadBehaviour behaviour) {
        return register.name() + " is unknown on the destination and passes this QEMU's comparison unnoticed ("
                + (behaviour instanceof LoadBehaviour.LengthChecked
                        ? "it lies above the destination's last register"
                        : "a tolerated register above it overwrites the failure")
                + "): its state would be lost, and no policy declares that safe.";
    }

    static String absent(RegisterId register, boolean hiddenOnSource) {
        return register.name() + (hiddenOnSource ? " is hidden on the source" : " is not in the incoming stream")
                + ": it keeps its reset value on the destination.";
    }

    static String valuesNotGiven(List<RegisterId> registers) {
        String names =
                registers.stream().limit(MOST_NAMES).map(RegisterId::name).collect(Collectors.joining(", "));
        return registers.size() + (registers.size() == 1 ? " register" : " registers")
                + " whose value the destination checks had no value on one side, and went unchecked: " + names
                + (registers.size() > MOST_NAMES ? ", ..." : "")
                + ". Collect the values again, or give none: then the verdict rests on the lists.";
    }

    static String refused(RegisterId register, ValueDecision.Refused decision) {
        return "The destination refuses " + register.name() + ": " + decision.reason()
                + ". No list policy cures a refused value.";
    }

    static String changed(RegisterId register, ValueDecision.Changed decision) {
        return register.name() + " is accepted" + (decision.felt() ? ", with a loss: " : ", not as it is: ")
                + decision.reason() + ".";
    }

    static String undecided(RegisterId register, ValueDecision.Undecided decision) {
        return "Whether the destination takes the value of " + register.name() + " depends on " + decision.needs()
                + ", which was not given.";
    }

    static String withoutRule(RegisterId register, ValueDecision.WithoutRule decision) {
        return "Whether the destination takes the value of " + register.name() + " is unknown: " + decision.reason()
                + ".";
    }

    /** @param whyOpen why it is not known what the side is, half a sentence, as is the result */
    static String ofTheSource(String whyOpen) {
        return "for the source, " + whyOpen;
    }

    static String ofTheDestination(String whyOpen) {
        return "for the destination, " + whyOpen;
    }

    static String listMissing(String reason) {
        return Character.toUpperCase(reason.charAt(0)) + reason.substring(1) + ".";
    }

    static String whicheverIsMeant(String reason, boolean mayMigrate) {
        return listMissing(reason) + " The guest " + mayOrMayNot(mayMigrate) + ", whichever is meant.";
    }

    static String whicheverIsRight(boolean mayMigrate) {
        return "The guest " + mayOrMayNot(mayMigrate)
                + ", whichever of the captures that could be meant is the right one.";
    }

    static String nothingKnown(List<String> reasons) {
        return "It is not known whether the guest can migrate: " + String.join("; ", reasons) + ".";
    }

    private static String mayOrMayNot(boolean mayMigrate) {
        return mayMigrate ? "may migrate" : "may not migrate";
    }
}
