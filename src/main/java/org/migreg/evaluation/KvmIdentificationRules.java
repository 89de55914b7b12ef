package org.migreg.evaluation;

import static org.migreg.evaluation.ValueDecision.ACCEPTED;
import static org.migreg.evaluation.ValueDecision.refused;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.migreg.register.BitField;
import org.migreg.register.Hex;
import org.migreg.register.KnownRegisters;
import org.migreg.register.RegisterFields;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterLayout;
import org.migreg.register.WritableMasks;

/** The rules V7 and V12, of {@link KvmValueRules}: identification registers and CTR_EL0. */
final class KvmIdentificationRules {

    /** How a field inside the writable mask compares; the others may go down, unsigned. */
    private enum Comparing {
        /** 15 is -1, below 0. */
        SIGNED,
        HIGHER_IS_SAFE,
        SAME_OR_ONE,
        FROM_SIX,
        PMU_VERSION,
        NOT_TO_ZERO
    }

    private record Place(long register, int lowestBit) {}

    private static final Map<Place, Comparing> EXCEPTIONS = new HashMap<>();

    static {
        except(Comparing.SIGNED, KnownRegisters.ID_AA64MMFR0_EL1, "TGRAN4", "TGRAN64");
        except(Comparing.SIGNED, KnownRegisters.ID_AA64DFR0_EL1, "DoubleLock");
        except(Comparing.SIGNED, KnownRegisters.ID_MMFR0_EL1, "InnerShr", "OuterShr");
        except(Comparing.SIGNED, KnownRegisters.ID_AA64PFR0_EL1, "FP", "AdvSIMD");
        except(Comparing.HIGHER_IS_SAFE, KnownRegisters.ID_AA64MMFR1_EL1, "SpecSEI");
        except(Comparing.HIGHER_IS_SAFE, KnownRegisters.ID_MMFR4_EL1, "SpecSEI");
        except(Comparing.SAME_OR_ONE, KnownRegisters.ID_AA64MMFR0_EL1, "TGRAN16_2", "TGRAN64_2", "TGRAN4_2");
        except(Comparing.FROM_SIX, KnownRegisters.ID_AA64DFR0_EL1, "DebugVer");
        except(Comparing.FROM_SIX, KnownRegisters.ID_DFR0_EL1, "CopDbg");
        except(Comparing.PMU_VERSION, KnownRegisters.ID_AA64DFR0_EL1, "PMUVer");
        except(Comparing.PMU_VERSION, KnownRegisters.ID_DFR0_EL1, "PerfMon");
        except(Comparing.NOT_TO_ZERO, KnownRegisters.ID_AA64PFR0_EL1, "EL0", "EL1");
    }

    private static final List<BitField> LOWER_IN_CTR =
            List.of(Fields.I_MIN_LINE, Fields.D_MIN_LINE, Fields.IDC, Fields.DIC);

    private KvmIdentificationRules() {}

    private static void except(Comparing comparing, RegisterId register, String... fields) {
        for (String field : fields) {
            int lowest = RegisterFields.require(register, field).low();
            EXCEPTIONS.put(new Place(register.bits(), lowest), comparing);
        }
    }

    /** V7: identification registers, by the bits that the host lets user space change. */
    static ValueDecision v7Identification(long id, long incoming, long current, ValueFacts facts) {
        if (RegisterClass.isAarch32Identification(id) && guestHasNoAarch32(facts)) {
            return MeasuredKernels.includeWithoutAarch32(facts.base())
                    ? v12Aarch32Ignored(id)
                    : new ValueDecision.WithoutRule(
                            "AArch32 identification registers where EL0 has no AArch32 were not measured on this kernel");
        }
        if (facts.isSeries(6, 1)) {
            return v7aReadOnly(id, incoming, current);
        }
        WritableMasks masks = facts.masks();
        if (masks == null) {
            return new ValueDecision.Undecided(ValueRule.V7, "the destination's writable masks");
        }
        long mask = masks.of(new RegisterId(id));
        ValueDecision decision = v7cOutsideTheMask(id, incoming, current, mask, facts);
        return ValueDecision.weightier(
                decision,
                id == KnownRegisters.CTR_EL0.bits()
                        ? v7fCacheType(incoming, current, mask, facts)
                        : v7dFields(id, incoming, current, mask, facts));
    }

    /**
     * V7i: before 6.7 a kernel takes its own value of an identification register and no other; open are fields that later
     * kernels among these let user space lower. Source: Linux {@code arch/arm64/kvm/sys_regs.c}; measured on 6.1 (V7a,
     * V7b); real hosts refused CSV2 1 against 0 both ways on 5.9 and 5.10-rc1, and ID_PFR0_EL1 from 4.14 to 5.10.
     */
    static ValueDecision v7Unmeasured(long id, long incoming, long current, ValueFacts facts) {
        String about = RegisterClass.of(id).about();
        if (!facts.surelyBefore(6, 7) || RegisterClass.isAarch32Identification(id) && guestHasNoAarch32(facts)) {
            return facts.notMeasured(ValueRule.V7, about);
        }
        long open = 0;
        if (id == KnownRegisters.ID_AA64PFR0_EL1.bits() && facts.surelyAfter510rc1()) {
            open = Fields.CSV2.mask() | Fields.CSV3.mask();
        } else if (id == KnownRegisters.ID_AA64DFR0_EL1.bits() && facts.surelyAtLeast(6, 2)) {
            open = Fields.PMU_VERSION.mask();
        } else if (id == KnownRegisters.ID_DFR0_EL1.bits() && facts.surelyAtLeast(6, 2)) {
            open = Fields.PERF_MON.mask();
        }
        return ((incoming ^ current) & ~open) == 0
                ? facts.notMeasured(ValueRule.V7, about)
                : refused(ValueRule.V7I, "kernels before 6.7 want their own identification registers");
    }

    /** V7a and V7b: on 6.1 only CSV2 and CSV3 of ID_AA64PFR0_EL1 may go down; all else is equal only. */
    private static ValueDecision v7aReadOnly(long id, long incoming, long current) {
        if (id != KnownRegisters.ID_AA64PFR0_EL1.bits()) {
            return refused(ValueRule.V7B, "kernel 6.1 wants its own identification registers");
        }
        long others = ~(Fields.CSV2.mask() | Fields.CSV3.mask());
        boolean down = Fields.CSV2.of(incoming) <= Fields.CSV2.of(current)
                && Fields.CSV3.of(incoming) <= Fields.CSV3.of(current);
        return ((incoming ^ current) & others) == 0 && down
                ? ACCEPTED
                : refused(ValueRule.V7A, "kernel 6.1 lets only CSV2 and CSV3 go down");
    }

    /** V7c and V7h: bits outside the mask must be equal, lower ones too; MMFR2.NV may be the hardware's. */
    private static @Nullable ValueDecision v7cOutsideTheMask(
            long id, long incoming, long current, long mask, ValueFacts facts) {
        long differing = (incoming ^ current) & ~mask;
        if (differing == 0) {
            return null;
        }
        long nv = Fields.NV.mask();
        if (id == KnownRegisters.ID_AA64MMFR2_EL1.bits()
                && (differing & ~nv) == 0
                && (mask & nv) == 0
                && !facts.surelyBefore(6, 16)) {
            return v7hNestedVirtualisation(Fields.NV.of(incoming), facts);
        }
        return refused(
                ValueRule.V7C,
                "bits " + Hex.number(differing)
                        + " differ, which this kernel does not let user space change, not even to a lower value");
    }

    private static ValueDecision v7hNestedVirtualisation(long incomingNv, ValueFacts facts) {
        if (facts.hardwareNv().isEmpty()) {
            return new ValueDecision.Undecided(
                    ValueRule.V7H,
                    "ID_AA64MMFR2_EL1.NV of the destination's hardware (the capture's attribute hardwareNv)");
        }
        if (!facts.surelyAtLeast(6, 16)) {
            return new ValueDecision.WithoutRule("ID_AA64MMFR2_EL1.NV was measured only on 6.16 and later");
        }
        return facts.hardwareNv().getAsLong() == incomingNv
                ? ValueDecision.changed(
                        ValueRule.V7H, "ID_AA64MMFR2_EL1.NV is the hardware's, accepted and then dropped")
                : refused(
                        ValueRule.V7H,
                        "ID_AA64MMFR2_EL1.NV is " + incomingNv + ", which is neither the destination's value nor its"
                                + " hardware's");
    }

    /** V7f: CTR_EL0's line sizes and IDC, DIC may go down; L1Ip is the host's or 2 (from 6.16). */
    private static ValueDecision v7fCacheType(long incoming, long current, long mask, ValueFacts facts) {
        for (BitField field : LOWER_IN_CTR) {
            if (field.of(mask) != 0 && field.of(incoming) > field.of(current)) {
                return refused(ValueRule.V7F, "CTR_EL0." + field.name() + " is above the host's");
            }
        }
        BitField l1Ip = Fields.L1_IP;
        if (l1Ip.of(mask) == 0 || l1Ip.of(incoming) == l1Ip.of(current)) {
            return ACCEPTED;
        }
        if (l1Ip.of(incoming) != 2) {
            return refused(ValueRule.V7F, "CTR_EL0.L1Ip must be the host's or 2");
        }
        return facts.surelyAtLeast(6, 16)
                ? ACCEPTED
                : new ValueDecision.WithoutRule("CTR_EL0.L1Ip was measured only on 6.16 and later");
    }

    /** V7d, V7e and V7g: each field inside the mask may go down, unless it is one of the exceptions. */
    private static ValueDecision v7dFields(long id, long incoming, long current, long mask, ValueFacts facts) {
        if (id == KnownRegisters.ID_AA64FPFR0_EL1.bits() || id == KnownRegisters.ID_AA64SMFR0_EL1.bits()) {
            return v7gOneBitFields(incoming, current, mask);
        }
        ValueDecision decision = ACCEPTED;
        for (int shift = 0; shift < 64; shift += 4) {
            long in = (incoming & mask) >>> shift & 0xf;
            long cur = (current & mask) >>> shift & 0xf;
            if (in != cur) {
                decision = ValueDecision.weightier(decision, v7eField(id, shift, in, cur, facts));
            }
        }
        return decision;
    }

    private static ValueDecision v7gOneBitFields(long incoming, long current, long mask) {
        long extra = incoming & ~current & mask;
        return extra == 0
                ? ACCEPTED
                : refused(ValueRule.V7G, "bits " + Hex.number(extra) + " are set, which the host does not have");
    }

    private static ValueDecision v7eField(long id, int shift, long in, long cur, ValueFacts facts) {
        String field = "bits " + (shift + 3) + ":" + shift;
        return switch (EXCEPTIONS.get(new Place(id, shift))) {
            case null -> down(field, in, cur);
            case SIGNED -> signed(in) <= signed(cur) ? ACCEPTED : above(field, in, cur);
            case HIGHER_IS_SAFE ->
                in >= cur
                        ? ACCEPTED
                        : refused(
                                ValueRule.V7E,
                                field + " (SpecSEI) are " + in + ", below the host's " + cur
                                        + ", where higher is safe");
            case SAME_OR_ONE ->
                in == 1
                        ? ACCEPTED
                        : refused(
                                ValueRule.V7E,
                                field + " (stage 2 granule) are " + in + ", which must be the host's " + cur + " or 1");
            case FROM_SIX ->
                in >= 6 && in <= cur
                        ? ACCEPTED
                        : refused(
                                ValueRule.V7E,
                                field + " (debug architecture) are " + in + ", which must be 6 to the host's " + cur);
            case PMU_VERSION -> v7ePmuVersion(id, field, in, cur, facts);
            case NOT_TO_ZERO -> in == 0 ? v7eExceptionLevelTaken(field, facts) : down(field, in, cur);
        };
    }

    private static ValueDecision v7eExceptionLevelTaken(String field, ValueFacts facts) {
        if (facts.surelyAtLeast(6, 16)) {
            return refused(ValueRule.V7E, field + " are 0, which takes an exception level from the guest");
        }
        return facts.isSeries(6, 12)
                ? ACCEPTED
                : new ValueDecision.WithoutRule(
                        "ID_AA64PFR0_EL1 " + field + " = 0 was measured on 6.12 and 6.16 and later");
    }

    /** PMU versions: 15 (none) always; 8 to 14 by point release, since a stable update changed it. */
    private static ValueDecision v7ePmuVersion(long id, String field, long in, long cur, ValueFacts facts) {
        if (in == 15) {
            return ValueDecision.changed(ValueRule.V7E, field + " are 15, an own kind of PMU: reads back as 0");
        }
        if (id == KnownRegisters.ID_DFR0_EL1.bits() && (in == 1 || in == 2)) {
            return refused(ValueRule.V7E, field + " (PerfMon) are " + in + ", which KVM refuses");
        }
        if (in < 8) {
            return down(field, in, cur);
        }
        Boolean signed = comparesPmuVersionSigned(facts);
        if (signed == null) {
            return new ValueDecision.WithoutRule(
                    field + " are " + in + ", which some point releases accept and others refuse");
        }
        return signed ? ACCEPTED : above(field, in, cur);
    }

    private static @Nullable Boolean comparesPmuVersionSigned(ValueFacts facts) {
        if (facts.surelyAtLeast(7, 0)) {
            return false;
        }
        if (facts.surelyAtLeast(6, 17)) {
            return true;
        }
        var base = facts.base();
        OptionalInt patch = base == null ? OptionalInt.empty() : base.patch();
        if (facts.isSeries(6, 16) && patch.isPresent() && patch.getAsInt() >= 12) {
            return true;
        }
        if (facts.isSeries(6, 12) && patch.isPresent()) {
            if (patch.getAsInt() <= 43) {
                return true;
            }
            if (patch.getAsInt() >= 107) {
                return false;
            }
        }
        return null;
    }

    private static ValueDecision down(String field, long in, long cur) {
        return in <= cur ? ACCEPTED : above(field, in, cur);
    }

    private static ValueDecision above(String field, long in, long cur) {
        return refused(
                ValueRule.V7D,
                field + " are " + in + ", above the host's " + cur + ": the guest has a feature that this host lacks");
    }

    private static long signed(long field) {
        return field >= 8 ? field - 16 : field;
    }

    /** V12: where the destination's EL0 has no AArch32, its identification registers are ignored. */
    private static ValueDecision v12Aarch32Ignored(long id) {
        int crm = RegisterLayout.crm(id);
        int op2 = RegisterLayout.op2(id);
        boolean reserved = crm == 1 && op2 == 3 || crm == 3 && (op2 == 3 || op2 == 5 || op2 == 7);
        return reserved
                ? refused(ValueRule.V12, "this AArch32 identification register must be equal where EL0 has no AArch32")
                : ValueDecision.changed(
                        ValueRule.V12, "EL0 of the destination has no AArch32: the value is accepted and ignored");
    }

    private static boolean guestHasNoAarch32(ValueFacts facts) {
        OptionalLong pfr0 = facts.local().valueOf(KnownRegisters.ID_AA64PFR0_EL1);
        return pfr0.isPresent() && Fields.EL0.of(pfr0.getAsLong()) == 1;
    }
}
