package org.migreg.evaluation;

import static org.migreg.evaluation.Registers.*;
import static org.migreg.evaluation.ValueDecision.ACCEPTED;
import static org.migreg.evaluation.ValueDecision.refused;

import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.migreg.register.Hex;
import org.migreg.register.RegisterId;
import org.migreg.register.WritableMasks;

/**
 * Which incoming values a KVM host accepts for a register that it knows: KVM_SET_ONE_REG on a fresh
 * vCPU, after the list comparison has passed.
 *
 * <p>Each rule is a function named after its number. Source of all: probes of eleven real kernels
 * (6.1.0-50 to 7.3.4, Debian arm64 builds) on neoverse-n1, neoverse-v1, neoverse-n2 and max, held
 * against 1.1 million real writes; {@code docs/value-rules.md} has the figures. Kernels before 6.1,
 * 6.2 to 6.11 and 6.13 to 6.15 were not measured: where a rule depends on the release, they have
 * none. EL2 registers were not measured either.
 */
final class KvmValueRules {

    private KvmValueRules() {}

    /** Decides on one register that both lists have, both values being known. */
    static ValueDecision decide(long id, long incoming, long current, ValueFacts facts) {
        ValueDecision gone = v11FeatureGone(id, facts);
        if (gone != null) {
            return gone;
        }
        if (incoming == current) {
            return v0Equal(id, incoming, facts);
        }
        if (id == PSCI_VERSION) {
            return v1PsciVersion(incoming, current);
        }
        if (id == WORKAROUND_1 || id == WORKAROUND_3) {
            return v2Workaround(incoming, current);
        }
        if (id == WORKAROUND_2) {
            return v2Workaround2(incoming, current);
        }
        if (isFeatureBitmap(id)) {
            return v3FeatureBitmap(id, incoming, current);
        }
        if (isCacheSize(id)) {
            return v4CacheSize(incoming, current, facts);
        }
        if (id == MIDR_EL1 || id == REVIDR_EL1 || id == AIDR_EL1) {
            return refused("V5", "implementation identification must be equal, even where its mask says writable");
        }
        if (id == CLIDR_EL1) {
            return v6Clidr(incoming, facts);
        }
        if (isIdentification(id) || id == CTR_EL0) {
            return v7Identification(id, incoming, current, facts);
        }
        if (id == OSLSR_EL1) {
            return (incoming ^ current) == 2 ? ACCEPTED : refused("V8", "only bit 1 of OSLSR_EL1 may differ");
        }
        if (id == PMMIR_EL1) {
            return refused("V9", "PMMIR_EL1 must be equal");
        }
        if (isOfEl2(id)) {
            return new ValueDecision.WithoutRule("values of EL2 registers were not measured");
        }
        if (isSystem(id)) {
            return v10PlainState(id, incoming, current, facts);
        }
        return new ValueDecision.WithoutRule("no rule covers this register");
    }

    /** Decides on a register that the stream lacks: QEMU writes its own reset value to it. */
    static ValueDecision decideAbsent(long id, ValueFacts facts) {
        ValueDecision gone = v11FeatureGone(id, facts);
        return gone == null ? ACCEPTED : gone;
    }

    /** Whether a rule looks at this register's value, so that not knowing it matters. */
    static boolean looksAt(long id) {
        return !isSystem(id)
                || isIdentification(id)
                || id == CTR_EL0
                || id == CLIDR_EL1
                || id == MIDR_EL1
                || id == REVIDR_EL1
                || id == AIDR_EL1
                || id == OSLSR_EL1
                || id == PMMIR_EL1;
    }

    /** V0: an equal value is accepted; PMU enables are cleared on 6.12 even then. */
    private static ValueDecision v0Equal(long id, long incoming, ValueFacts facts) {
        return v10PlainState(id, incoming, incoming, facts);
    }

    /** V1: 0.2, or 1.0 to the newest that the kernel knows, which is its own value. */
    private static ValueDecision v1PsciVersion(long incoming, long current) {
        boolean known = incoming == 2 || incoming >= 0x10000 && incoming <= 0x10003;
        if (known && Long.compareUnsigned(incoming, current) <= 0) {
            return ACCEPTED;
        }
        return refused(
                "V1",
                "the guest was started with PSCI " + psci(incoming) + ", and this kernel offers up to "
                        + psci(current));
    }

    private static String psci(long version) {
        return version >= 0 && version <= 0x7fff_ffffL
                ? (version >>> 16) + "." + (version & 0xffff)
                : Hex.number(version);
    }

    /** V2: not a higher level than the host's; a lower one is ignored. */
    private static ValueDecision v2Workaround(long incoming, long current) {
        if ((incoming & ~0xfL) != 0 || incoming > (current & 0xf)) {
            return refused("V2", "the firmware workaround's level may not be above the host's");
        }
        return new ValueDecision.Changed("V2", "a lower workaround level is ignored: the host keeps its own");
    }

    /**
     * V2 for workaround 2: levels 0 and 1 always; 2 and 3 only where the host has 3; bit 4 only with
     * level 2. Only a host level of 0 was measured; the rest is from Linux {@code
     * arch/arm64/kvm/hypercalls.c}.
     */
    private static ValueDecision v2Workaround2(long incoming, long current) {
        long level = incoming & 0xf;
        boolean wellFormed = (incoming & ~0x1fL) == 0 && ((incoming & 0x10) == 0 || level == 2) && level <= 3;
        if (wellFormed && (level <= 1 || (current & 0xf) == 3)) {
            return new ValueDecision.Changed("V2", "a lower workaround level is ignored: the host keeps its own");
        }
        return refused("V2", "the firmware workaround's level may not be above the host's");
    }

    /** V3: no service that the host does not offer. */
    private static ValueDecision v3FeatureBitmap(long id, long incoming, long current) {
        // KVM offers both bits of the second vendor bitmap though none is set at reset.
        long limit = id == VENDOR_HYP_BMAP_2 ? 3 : current;
        return (incoming & ~limit) == 0
                ? ACCEPTED
                : refused(
                        "V3",
                        "the guest was offered hypercall services " + Hex.number(incoming & ~limit)
                                + " that this kernel does not have");
    }

    /** V4: equal on 6.1; later, the line size may not be below the host's, other bits are free. */
    private static ValueDecision v4CacheSize(long incoming, long current, ValueFacts facts) {
        if (facts.isSeries(6, 1)) {
            return refused("V4a", "kernel 6.1 wants its own cache size ids");
        }
        if (facts.surelyAtLeast(6, 12) || facts.masks() != null) {
            return (incoming & 7) >= (current & 7)
                    ? ACCEPTED
                    : refused("V4b", "the cache line size is below the host's");
        }
        return notMeasured(facts, "V4");
    }

    /** V6: equal on 6.1; later, a well-formed hierarchy that agrees with CTR_EL0.IDC. */
    private static ValueDecision v6Clidr(long incoming, ValueFacts facts) {
        if (facts.isSeries(6, 1)) {
            return refused("V6a", "kernel 6.1 wants its own cache hierarchy");
        }
        if (!facts.surelyAtLeast(6, 12) && facts.masks() == null) {
            return notMeasured(facts, "V6");
        }
        if (incoming >>> 47 != 0) {
            return refused("V6b", "bits 63:47 of CLIDR_EL1 must be zero");
        }
        long levelOfCoherency = incoming >>> 24 & 7;
        long inner = incoming >>> 21 & 7;
        long unification = incoming >>> 27 & 7;
        boolean needsIdc = levelOfCoherency == 0 || inner == 0 && unification == 0;
        if (!needsIdc) {
            return ACCEPTED;
        }
        // CTR_EL0 has a higher id: it is still the host's own when CLIDR_EL1 is written.
        OptionalLong ctr = facts.local().valueOf(CTR_EL0);
        if (ctr.isEmpty()) {
            return new ValueDecision.Undecided("V6b", "the destination's CTR_EL0");
        }
        return (ctr.getAsLong() >>> 28 & 1) != 0
                ? ACCEPTED
                : refused(
                        "V6b", "a hierarchy without levels of coherency or unification needs CTR_EL0.IDC on the host");
    }

    /** V7: identification registers, by the bits that the host lets user space change. */
    private static ValueDecision v7Identification(long id, long incoming, long current, ValueFacts facts) {
        if (isAarch32Identification(id) && guestHasNoAarch32(facts)) {
            return v12Aarch32Ignored(id);
        }
        if (facts.isSeries(6, 1)) {
            return v7aReadOnly(id, incoming, current);
        }
        WritableMasks masks = facts.masks();
        if (masks == null) {
            if (facts.surelyBefore(6, 7)) {
                return notMeasured(facts, "V7");
            }
            return new ValueDecision.Undecided("V7", "the destination's writable masks");
        }
        long mask = masks.of(new RegisterId(id));
        ValueDecision decision = v7cOutsideTheMask(id, incoming, current, mask, facts);
        return ValueDecision.weightier(
                decision,
                id == CTR_EL0
                        ? v7fCacheType(incoming, current, mask, facts)
                        : v7dFields(id, incoming, current, mask, facts));
    }

    /** V7a and V7b: on 6.1 only CSV2 and CSV3 of ID_AA64PFR0_EL1 may go down; all else is equal only. */
    private static ValueDecision v7aReadOnly(long id, long incoming, long current) {
        if (id == ID_AA64PFR0) {
            long csv = 0xff00_0000_0000_0000L;
            boolean down = (incoming >>> 56 & 0xf) <= (current >>> 56 & 0xf) && incoming >>> 60 <= current >>> 60;
            return ((incoming ^ current) & ~csv) == 0 && down
                    ? ACCEPTED
                    : refused("V7a", "kernel 6.1 lets CSV2 and CSV3 alone go down");
        }
        return refused("V7b", "kernel 6.1 wants its own identification registers");
    }

    /** V7c and V7h: bits outside the mask must be equal, lower ones too; MMFR2.NV may be the hardware's. */
    private static @Nullable ValueDecision v7cOutsideTheMask(
            long id, long incoming, long current, long mask, ValueFacts facts) {
        long differing = (incoming ^ current) & ~mask;
        if (differing == 0) {
            return null;
        }
        long nv = 0xf00_0000L;
        if (id == ID_AA64MMFR2 && (differing & ~nv) == 0 && (mask & nv) == 0 && !facts.surelyBefore(6, 16)) {
            return v7hNestedVirtualisation(incoming >>> 24 & 0xf, facts);
        }
        return refused(
                "V7c",
                "bits " + Hex.number(differing) + " differ, which this kernel does not let user space change, not"
                        + " even to a lower value");
    }

    private static ValueDecision v7hNestedVirtualisation(long incomingNv, ValueFacts facts) {
        if (facts.hardwareNv().isEmpty()) {
            return new ValueDecision.Undecided(
                    "V7h", "ID_AA64MMFR2_EL1.NV of the destination's hardware (the capture's attribute hardwareNv)");
        }
        if (!facts.surelyAtLeast(6, 16)) {
            return new ValueDecision.WithoutRule("ID_AA64MMFR2_EL1.NV was measured on 6.16 and later alone");
        }
        return facts.hardwareNv().getAsLong() == incomingNv
                ? new ValueDecision.Changed("V7h", "ID_AA64MMFR2_EL1.NV is the hardware's, accepted and then dropped")
                : refused(
                        "V7h",
                        "ID_AA64MMFR2_EL1.NV is " + incomingNv + ", which is neither the destination's value nor its"
                                + " hardware's");
    }

    /** V7f: CTR_EL0's line sizes and IDC, DIC may go down; L1Ip is the host's or 2 (from 6.16). */
    private static ValueDecision v7fCacheType(long incoming, long current, long mask, ValueFacts facts) {
        ValueDecision decision = ACCEPTED;
        for (Field field : new Field[] {
            new Field("IminLine", 0, 4), new Field("DminLine", 16, 4), new Field("IDC", 28, 1), new Field("DIC", 29, 1)
        }) {
            if (field.in(mask) != 0 && field.in(incoming) > field.in(current)) {
                return refused("V7f", "CTR_EL0." + field.name() + " is above the host's");
            }
        }
        Field l1Ip = new Field("L1Ip", 14, 2);
        if (l1Ip.in(mask) != 0 && l1Ip.in(incoming) != l1Ip.in(current)) {
            if (l1Ip.in(incoming) != 2) {
                return refused("V7f", "CTR_EL0.L1Ip must be the host's or 2");
            }
            if (!facts.surelyAtLeast(6, 16)) {
                decision = new ValueDecision.WithoutRule("CTR_EL0.L1Ip was measured on 6.16 and later alone");
            }
        }
        return decision;
    }

    private record Field(String name, int shift, int width) {
        long in(long value) {
            return value >>> shift & (1L << width) - 1;
        }
    }

    /** V7d, V7e and V7g: each field inside the mask may go down, unless it is one of the exceptions. */
    private static ValueDecision v7dFields(long id, long incoming, long current, long mask, ValueFacts facts) {
        if (id == ID_AA64FPFR0 || id == ID_AA64SMFR0) {
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
                : refused("V7g", "bits " + Hex.number(extra) + " are set, which the host does not have");
    }

    private static ValueDecision v7eField(long id, int shift, long in, long cur, ValueFacts facts) {
        String field = "bits " + (shift + 3) + ":" + shift;
        if (id == ID_AA64MMFR0 && (shift == 28 || shift == 24)
                || id == ID_AA64DFR0 && shift == 36
                || id == ID_MMFR0 && (shift == 28 || shift == 8)
                || id == ID_AA64PFR0 && (shift == 16 || shift == 20)) {
            return signed(in) <= signed(cur) ? ACCEPTED : above(field, in, cur);
        }
        if (id == ID_AA64MMFR1 && shift == 24 || id == ID_MMFR4 && shift == 0) {
            return in >= cur
                    ? ACCEPTED
                    : refused(
                            "V7e",
                            field + " (SpecSEI) are " + in + ", below the host's " + cur + ", where higher is safe");
        }
        if (id == ID_AA64MMFR0 && (shift == 32 || shift == 36 || shift == 40)) {
            return in == 1
                    ? ACCEPTED
                    : refused(
                            "V7e",
                            field + " (stage 2 granule) are " + in + ", which must be the host's " + cur + " or 1");
        }
        if (id == ID_AA64DFR0 && shift == 0 || id == ID_DFR0 && shift == 0) {
            return in >= 6 && in <= cur
                    ? ACCEPTED
                    : refused(
                            "V7e",
                            field + " (debug architecture) are " + in + ", which must be 6 to the host's " + cur);
        }
        if (id == ID_AA64DFR0 && shift == 8 || id == ID_DFR0 && shift == 24) {
            return v7ePmuVersion(id, field, in, cur, facts);
        }
        if (id == ID_AA64PFR0 && (shift == 0 || shift == 4) && in == 0) {
            if (facts.surelyAtLeast(6, 16)) {
                return refused("V7e", field + " are 0, which takes an exception level from the guest");
            }
            return facts.isSeries(6, 12)
                    ? ACCEPTED
                    : new ValueDecision.WithoutRule(
                            "ID_AA64PFR0_EL1 " + field + " = 0 was measured on 6.12 and 6.16 and later");
        }
        return in <= cur ? ACCEPTED : above(field, in, cur);
    }

    /** PMU versions: 15 (none) always; 8 to 14 by point release, since a stable update changed it. */
    private static ValueDecision v7ePmuVersion(long id, String field, long in, long cur, ValueFacts facts) {
        if (in == 15) {
            return new ValueDecision.Changed("V7e", field + " are 15, an own kind of PMU: reads back as 0");
        }
        if (id == ID_DFR0 && (in == 1 || in == 2)) {
            return refused("V7e", field + " (PerfMon) are " + in + ", which KVM refuses");
        }
        if (in >= 8) {
            Boolean signed = comparesPmuVersionSigned(facts);
            if (signed == null) {
                return new ValueDecision.WithoutRule(
                        field + " are " + in + ", which some point releases accept and others refuse");
            }
            return signed ? ACCEPTED : above(field, in, cur);
        }
        return in <= cur ? ACCEPTED : above(field, in, cur);
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

    private static ValueDecision above(String field, long in, long cur) {
        return refused(
                "V7d",
                field + " are " + in + ", above the host's " + cur + ": the guest has a feature that this host lacks");
    }

    private static long signed(long field) {
        return field >= 8 ? field - 16 : field;
    }

    /** V10: plain state takes any value; three PMU registers keep something else. */
    private static ValueDecision v10PlainState(long id, long incoming, long current, ValueFacts facts) {
        boolean enables = id == PMCNTENSET_EL0 || id == PMCNTENCLR_EL0 || id == PMINTENSET_EL1 || id == PMINTENCLR_EL1;
        if (enables && incoming != 0 && facts.isSeries(6, 12)) {
            return new ValueDecision.Changed(
                    "V10", "kernel 6.12 clears the PMU's enables: the write of the CLR register follows the SET's");
        }
        if (id == PMCR_EL0 && incoming != current && !facts.isSeries(6, 1)) {
            long incomingCounters = incoming >>> 11 & 0x1f;
            long counters = current >>> 11 & 0x1f;
            if (incomingCounters > counters && !facts.surelyAtLeast(6, 12)) {
                return new ValueDecision.WithoutRule("the guest has " + incomingCounters
                        + " PMU event counters, the host " + counters
                        + "; whether this kernel cuts their number is not known");
            }
            if (incomingCounters > counters) {
                return new ValueDecision.Changed(
                        "V10",
                        "the guest has " + incomingCounters + " PMU event counters, cut to the host's " + counters);
            }
        }
        return ACCEPTED;
    }

    /**
     * V11: registers of a feature that the incoming identification register has taken from the guest
     * are gone when their turn comes: ENOENT, even for their own value.
     */
    private static @Nullable ValueDecision v11FeatureGone(long id, ValueFacts facts) {
        long identification;
        int shift;
        boolean applies;
        if (id == SCTLR2_EL1) {
            identification = ID_AA64MMFR3;
            shift = 4;
            applies = facts.surelyAtLeast(6, 17);
        } else if (id == TCR2_EL1) {
            identification = ID_AA64MMFR3;
            shift = 0;
            applies = facts.surelyAtLeast(6, 13);
        } else if (id == PIR_EL1 || id == PIRE0_EL1) {
            identification = ID_AA64MMFR3;
            shift = 8;
            applies = facts.surelyAtLeast(6, 13);
        } else if (id == FPMR) {
            identification = ID_AA64PFR2;
            shift = 32;
            applies = facts.surelyAtLeast(6, 12);
        } else if (id == POR_EL1) {
            // Linux hides it where ID_AA64MMFR3_EL1.S1POE is 0; no kernel that was measured exposed it.
            identification = ID_AA64MMFR3;
            shift = 16;
            applies = false;
        } else {
            return null;
        }
        if (!applies && facts.base() != null && id != POR_EL1) {
            return null;
        }
        OptionalLong incoming = facts.outgoing().valueOf(identification);
        OptionalLong current = facts.local().valueOf(identification);
        if (incoming.isEmpty() || current.isEmpty()) {
            return null;
        }
        boolean lowered = (current.getAsLong() >>> shift & 0xf) != 0 && (incoming.getAsLong() >>> shift & 0xf) == 0;
        if (!lowered || !isTaken(identification, incoming.getAsLong(), current.getAsLong(), facts)) {
            return null;
        }
        String name = new RegisterId(identification).name();
        if (facts.base() == null && id != POR_EL1) {
            return new ValueDecision.Undecided("V11", "the upstream release of the destination's kernel");
        }
        if (!applies) {
            return new ValueDecision.WithoutRule(
                    name
                            + " takes this register's feature from the guest; whether this kernel then refuses it is not known");
        }
        return new ValueDecision.Refused(
                "V11", true, "the incoming " + name + " takes its feature from the guest, and with it the register");
    }

    private static boolean isTaken(long id, long incoming, long current, ValueFacts facts) {
        return switch (v7Identification(id, incoming, current, facts)) {
            case ValueDecision.Refused d -> false;
            case ValueDecision.Undecided d -> false;
            case ValueDecision.Accepted d -> true;
            case ValueDecision.Changed d -> true;
            case ValueDecision.WithoutRule d -> true;
        };
    }

    /** V12: where the destination's EL0 has no AArch32, its identification registers are ignored. */
    private static ValueDecision v12Aarch32Ignored(long id) {
        int crm = (int) (id >>> 3 & 0xf);
        int op2 = (int) (id & 7);
        boolean reserved = crm == 1 && op2 == 3 || crm == 3 && (op2 == 3 || op2 == 5 || op2 == 7);
        return reserved
                ? refused("V12", "this AArch32 identification register must be equal where EL0 has no AArch32")
                : new ValueDecision.Changed(
                        "V12", "EL0 of the destination has no AArch32: the value is accepted and ignored");
    }

    private static boolean guestHasNoAarch32(ValueFacts facts) {
        OptionalLong pfr0 = facts.local().valueOf(ID_AA64PFR0);
        return pfr0.isPresent() && (pfr0.getAsLong() & 0xf) == 1;
    }

    /** There is a rule, which either of two facts would settle; or none, the release being known. */
    private static ValueDecision notMeasured(ValueFacts facts, String rule) {
        return facts.base() == null
                ? new ValueDecision.Undecided(
                        rule, "the upstream release of the destination's kernel, or its writable masks")
                : new ValueDecision.WithoutRule("rule " + rule + " was not measured on kernel "
                        + facts.base().series());
    }
}
