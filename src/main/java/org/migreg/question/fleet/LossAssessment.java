package org.migreg.question.fleet;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.migreg.policy.ValueCondition;
import org.migreg.register.GuestFeature;
import org.migreg.register.KnownRegisters;
import org.migreg.register.RegisterEncoding;
import org.migreg.register.RegisterFields;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterList;

/**
 * What a guest with these registers and values loses when one of them does not travel, and why: the
 * rules stand in {@link #RULES}, the first that applies decides.
 *
 * @param condition with {@link StateLoss#NONE_WHILE_CONDITION_HOLDS}, else null
 * @param reason half a sentence, as in "...: the guest never had TCR2"
 */
public record LossAssessment(StateLoss loss, @Nullable ValueCondition condition, String reason) {

    private interface Rule {
        @Nullable
        LossAssessment assess(RegisterId register, RegisterList guest);
    }

    private static final List<Rule> RULES = List.of(
            LossAssessment::bogusRegister,
            LossAssessment::cacheThatDoesNotExist,
            LossAssessment::constantThatIsZeroWithoutIt,
            LossAssessment::featureTheGuestNeverHad,
            LossAssessment::valueThatMeansNotInUse);

    /** CNTP_CTL_EL0 without ISTATUS, which follows from time and CNTP_CVAL_EL0: neither enabled nor masked. */
    private static final ValueCondition TIMER_OFF = new ValueCondition(3, 0);

    /**
     * Values with which a guest is no worse off than one that lacks the register. Sources: QEMU 11.1's
     * tolerance of KVM_REG_ARM_VENDOR_HYP_BMAP_2; Arm ARM, TCR2_EL1, SCTLR2_EL1, FPMR and CNTP_CTL_EL0, whose zero is what
     * a vCPU without them behaves like.
     */
    private static final Map<RegisterId, ValueCondition> NOT_IN_USE = Map.of(
            KnownRegisters.VENDOR_HYP_BMAP_2, ValueCondition.ZERO,
            KnownRegisters.TCR2_EL1, ValueCondition.ZERO,
            KnownRegisters.SCTLR2_EL1, ValueCondition.ZERO,
            KnownRegisters.FPMR, ValueCondition.ZERO,
            KnownRegisters.CNTP_CTL_EL0, TIMER_OFF);

    /**
     * @param register one that does not travel
     * @param guest the list of the host that the guest was started on, with values where known
     */
    public static LossAssessment of(RegisterId register, RegisterList guest) {
        for (Rule rule : RULES) {
            LossAssessment assessment = rule.assess(register, guest);
            if (assessment != null) {
                return assessment;
            }
        }
        GuestFeature feature = GuestFeature.of(register);
        return new LossAssessment(
                StateLoss.STATE,
                null,
                feature != null && feature.in(guest) == GuestFeature.Presence.PRESENT
                        ? "the guest has " + feature.name() + " and may use it"
                        : "nothing shows that the guest does not use it");
    }

    private static @Nullable LossAssessment bogusRegister(RegisterId register, RegisterList guest) {
        return register.equals(KnownRegisters.DBGDTRTX)
                ? new LossAssessment(StateLoss.NONE, null, "it is a register that QEMU listed by mistake")
                : null;
    }

    /** PMMIR_EL1 is read-only, and reads as zero where it is not listed. Source: Linux {@code arch/arm64/kvm/sys_regs.c}. */
    private static @Nullable LossAssessment constantThatIsZeroWithoutIt(RegisterId register, RegisterList guest) {
        return register.equals(KnownRegisters.PMMIR_EL1)
                        && guest.valueOf(register).equals(OptionalLong.of(0))
                ? new LossAssessment(
                        StateLoss.NONE, null, "it is read-only and reads as 0, as it does on hosts that do not list it")
                : null;
    }

    /** CCSIDR of a cache level that CLIDR_EL1 says is not there. */
    private static @Nullable LossAssessment cacheThatDoesNotExist(RegisterId register, RegisterList guest) {
        if (!(register.encoding() instanceof RegisterEncoding.Demux demux)) {
            return null;
        }
        OptionalLong clidr = guest.valueOf(KnownRegisters.CLIDR_EL1);
        if (clidr.isEmpty() || demux.cacheSelector() >= 14) {
            return null;
        }
        int level = demux.cacheSelector() / 2;
        for (int below = 0; below < level; below++) {
            if (cacheType(clidr.getAsLong(), below) == 0) {
                return noSuchCache(level);
            }
        }
        long type = cacheType(clidr.getAsLong(), level);
        boolean instruction = demux.cacheSelector() % 2 == 1;
        boolean there = instruction ? type == 1 || type == 3 : type >= 2;
        return there ? null : noSuchCache(level);
    }

    private static long cacheType(long clidr, int level) {
        return RegisterFields.require(KnownRegisters.CLIDR_EL1, "Ctype" + (level + 1))
                .of(clidr);
    }

    private static LossAssessment noSuchCache(int level) {
        return new LossAssessment(
                StateLoss.NONE,
                null,
                "it describes a cache of level " + (level + 1) + " that CLIDR_EL1 says is not there");
    }

    private static @Nullable LossAssessment featureTheGuestNeverHad(RegisterId register, RegisterList guest) {
        GuestFeature feature = GuestFeature.of(register);
        return feature != null && feature.in(guest) == GuestFeature.Presence.ABSENT
                ? new LossAssessment(
                        StateLoss.NONE,
                        null,
                        "the guest never had " + feature.name() + ": "
                                + feature.field() + " is "
                                + feature.field().textIn(guest))
                : null;
    }

    private static @Nullable LossAssessment valueThatMeansNotInUse(RegisterId register, RegisterList guest) {
        ValueCondition condition = NOT_IN_USE.get(register);
        OptionalLong value = guest.valueOf(register);
        return condition != null && value.isPresent() && condition.isMetBy(value.getAsLong())
                ? new LossAssessment(
                        StateLoss.NONE_WHILE_CONDITION_HOLDS, condition, "it is not in use while " + condition)
                : null;
    }
}
