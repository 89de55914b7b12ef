package org.migreg.evaluation;

import static org.migreg.evaluation.ValueDecision.ACCEPTED;
import static org.migreg.evaluation.ValueDecision.refused;

import java.util.OptionalLong;
import org.migreg.register.Hex;
import org.migreg.register.KnownRegisters;

/**
 * Which incoming values a KVM host accepts for a register that it knows: KVM_SET_ONE_REG on a fresh
 * vCPU, after the list comparison has passed.
 *
 * <p>{@link #decide} lists the rules by class of register; each is a function named after its number in {@link
 * ValueRule}. Those of identification registers are in {@link KvmIdentificationRules}, V11 in {@link KvmFeatureRule}.
 * Source of all: probes of eleven real kernels (6.1.0-50 to 7.3.4, Debian arm64 builds) on neoverse-n1, neoverse-v1,
 * neoverse-n2 and max, held against 1.1 million real writes; {@code docs/value-rules.md} has the figures. On kernels that
 * are none of {@link MeasuredKernels}, no value that differs is taken to be accepted, but for classes that need no rule;
 * refused are those that every kernel's interface refuses: {@link #decideUnmeasured}.
 */
final class KvmValueRules {

    private KvmValueRules() {}

    /** Decides on one register that both lists have, both values being known. */
    static ValueDecision decide(long id, long incoming, long current, ValueFacts facts) {
        ValueDecision gone = KvmFeatureRule.v11FeatureGone(id, facts);
        if (gone != null) {
            return gone;
        }
        if (incoming == current) {
            return v0Equal(id, incoming, facts);
        }
        RegisterClass of = RegisterClass.of(id);
        return switch (of.evidence()) {
            case NOT_NEEDED -> v10PlainState(id, incoming, current, facts);
            case NONE -> new ValueDecision.WithoutRule("it is " + of.about());
            case MEASURED ->
                MeasuredKernels.include(of, facts.base())
                        ? decideMeasured(of, id, incoming, current, facts)
                        : decideUnmeasured(of, id, incoming, current, facts);
        };
    }

    private static ValueDecision decideMeasured(
            RegisterClass of, long id, long incoming, long current, ValueFacts facts) {
        return switch (of) {
            case PSCI_VERSION -> v1PsciVersion(incoming, current);
            case WORKAROUND -> v2Workaround(id, incoming, current);
            case FEATURE_BITMAP -> v3FeatureBitmap(id, incoming, current);
            case CACHE_SIZE -> v4CacheSize(incoming, current, facts);
            case PROCESSOR -> v5Processor();
            case CACHE_HIERARCHY -> v6CacheHierarchy(incoming, facts);
            case IDENTIFICATION, CACHE_TYPE -> KvmIdentificationRules.v7Identification(id, incoming, current, facts);
            case OS_LOCK_STATUS -> v8OsLockStatus(incoming, current);
            case PMU_IDENTITY -> v9PmuIdentity();
            case OTHER_FIRMWARE, EL2, CONTROL_STATE, TIMER, PMU, DEBUG, OTHER_SYSTEM, OTHER ->
                throw new IllegalArgumentException(of + " has no rule");
        };
    }

    /**
     * On a kernel without evidence: what no kernel takes is refused, V8's bit 1 is the guest's own state, and all else is
     * unknown. Source: Linux {@code Documentation/virt/kvm/arm/fw-pseudo-registers.rst} (the PSCI versions that KVM
     * implements, of which the newest is a fresh vCPU's), {@code arch/arm64/kvm/sys_regs.c}.
     */
    private static ValueDecision decideUnmeasured(
            RegisterClass of, long id, long incoming, long current, ValueFacts facts) {
        return switch (of) {
            case PSCI_VERSION -> refusedOrUnknown(v1PsciVersion(incoming, current), ValueRule.V1, of, facts);
            case PROCESSOR -> v5Processor();
            case OS_LOCK_STATUS -> (incoming ^ current) == 2 ? ACCEPTED : facts.notMeasured(ValueRule.V8, of.about());
            case IDENTIFICATION, CACHE_TYPE -> KvmIdentificationRules.v7Unmeasured(id, incoming, current, facts);
            case WORKAROUND -> facts.notMeasured(ValueRule.V2, of.about());
            case FEATURE_BITMAP -> facts.notMeasured(ValueRule.V3, of.about());
            case CACHE_SIZE -> facts.notMeasured(ValueRule.V4, of.about());
            case CACHE_HIERARCHY -> facts.notMeasured(ValueRule.V6, of.about());
            case PMU_IDENTITY -> facts.notMeasured(ValueRule.V9, of.about());
            case OTHER_FIRMWARE, EL2, CONTROL_STATE, TIMER, PMU, DEBUG, OTHER_SYSTEM, OTHER ->
                throw new IllegalArgumentException(of + " has no rule");
        };
    }

    private static ValueDecision refusedOrUnknown(
            ValueDecision decision, ValueRule rule, RegisterClass of, ValueFacts facts) {
        return decision instanceof ValueDecision.Refused ? decision : facts.notMeasured(rule, of.about());
    }

    /** Decides on a register that the stream lacks: QEMU writes its own reset value to it. */
    static ValueDecision decideAbsent(long id, ValueFacts facts) {
        ValueDecision gone = KvmFeatureRule.v11FeatureGone(id, facts);
        return gone == null ? ACCEPTED : gone;
    }

    /** Whether a rule looks at this register's value, so that not knowing it matters. */
    static boolean looksAt(long id) {
        RegisterClass of = RegisterClass.of(id);
        return switch (of.evidence()) {
            case MEASURED -> true;
            case NOT_NEEDED -> false;
            case NONE -> of != RegisterClass.EL2;
        };
    }

    /** V0: an equal value is accepted; PMU enables are cleared on 6.12 even then. */
    private static ValueDecision v0Equal(long id, long incoming, ValueFacts facts) {
        return enablesPmu(id) ? v10PmuEnables(id, incoming, facts) : ACCEPTED;
    }

    /** V1: 0.2, or 1.0 to the newest that the kernel knows, which is its own value. */
    private static ValueDecision v1PsciVersion(long incoming, long current) {
        boolean known = incoming == 2 || incoming >= 0x10000 && incoming <= 0x10003;
        if (known && Long.compareUnsigned(incoming, current) <= 0) {
            return ACCEPTED;
        }
        return refused(
                ValueRule.V1,
                "the guest was started with PSCI " + psci(incoming) + ", and this kernel offers up to "
                        + psci(current));
    }

    private static String psci(long version) {
        return version >= 0 && version <= 0x7fff_ffffL
                ? (version >>> 16) + "." + (version & 0xffff)
                : Hex.number(version);
    }

    /** V2: not a higher level than the host's; a lower one is ignored. */
    private static ValueDecision v2Workaround(long id, long incoming, long current) {
        boolean accepted = id == KnownRegisters.WORKAROUND_2.bits()
                ? acceptsWorkaround2(incoming, current)
                : (incoming & ~0xfL) == 0 && incoming <= (current & 0xf);
        return accepted
                ? ValueDecision.changed(ValueRule.V2, "a lower workaround level is ignored: the host keeps its own")
                : refused(ValueRule.V2, "the firmware workaround's level may not be above the host's");
    }

    /**
     * Levels 0 and 1 always; 2 and 3 only where the host has 3; bit 4 only with level 2. Only a host level of 0 was
     * measured; the rest is from Linux {@code arch/arm64/kvm/hypercalls.c}.
     */
    private static boolean acceptsWorkaround2(long incoming, long current) {
        long level = incoming & 0xf;
        boolean wellFormed = (incoming & ~0x1fL) == 0 && ((incoming & 0x10) == 0 || level == 2) && level <= 3;
        return wellFormed && (level <= 1 || (current & 0xf) == 3);
    }

    /** V3: no service that the host does not offer. */
    private static ValueDecision v3FeatureBitmap(long id, long incoming, long current) {
        // KVM offers both bits of the second vendor bitmap though none is set at reset.
        long limit = id == KnownRegisters.VENDOR_HYP_BMAP_2.bits() ? 3 : current;
        return (incoming & ~limit) == 0
                ? ACCEPTED
                : refused(
                        ValueRule.V3,
                        "the guest was offered hypercall services " + Hex.number(incoming & ~limit)
                                + " that this kernel does not have");
    }

    /** V4: equal on 6.1; later, the line size may not be below the host's, other bits are free. */
    private static ValueDecision v4CacheSize(long incoming, long current, ValueFacts facts) {
        if (facts.isSeries(6, 1)) {
            return refused(ValueRule.V4A, "kernel 6.1 wants its own cache size ids");
        }
        return (incoming & 7) >= (current & 7)
                ? ACCEPTED
                : refused(ValueRule.V4B, "the cache line size is below the host's");
    }

    /** V5: equal only. */
    private static ValueDecision v5Processor() {
        return refused(ValueRule.V5, "implementation identification must be equal, even where its mask says writable");
    }

    /** V6: equal on 6.1; later, a well-formed hierarchy that agrees with CTR_EL0.IDC. */
    private static ValueDecision v6CacheHierarchy(long incoming, ValueFacts facts) {
        if (facts.isSeries(6, 1)) {
            return refused(ValueRule.V6A, "kernel 6.1 wants its own cache hierarchy");
        }
        if (incoming >>> 47 != 0) {
            return refused(ValueRule.V6B, "bits 63:47 of CLIDR_EL1 must be zero");
        }
        boolean needsIdc =
                Fields.LOC.of(incoming) == 0 || Fields.LOUIS.of(incoming) == 0 && Fields.LOUU.of(incoming) == 0;
        if (!needsIdc) {
            return ACCEPTED;
        }
        // CTR_EL0 has a higher id: it is still the host's own when CLIDR_EL1 is written.
        OptionalLong ctr = facts.local().valueOf(KnownRegisters.CTR_EL0);
        if (ctr.isEmpty()) {
            return new ValueDecision.Undecided(ValueRule.V6B, "the destination's CTR_EL0");
        }
        return Fields.IDC.of(ctr.getAsLong()) != 0
                ? ACCEPTED
                : refused(
                        ValueRule.V6B,
                        "a hierarchy without levels of coherency or unification needs CTR_EL0.IDC on the host");
    }

    /** V8: the lock itself, bit 1, is the guest's. */
    private static ValueDecision v8OsLockStatus(long incoming, long current) {
        return (incoming ^ current) == 2 ? ACCEPTED : refused(ValueRule.V8, "only bit 1 of OSLSR_EL1 may differ");
    }

    /** V9: equal only. */
    private static ValueDecision v9PmuIdentity() {
        return refused(ValueRule.V9, "PMMIR_EL1 must be equal");
    }

    /** V10: plain state takes any value; the PMU's enables and its number of counters may be lost. */
    private static ValueDecision v10PlainState(long id, long incoming, long current, ValueFacts facts) {
        if (enablesPmu(id)) {
            return v10PmuEnables(id, incoming, facts);
        }
        return id == KnownRegisters.PMCR_EL0.bits()
                ? v10PmuCounters(Fields.PMU_COUNTERS.of(incoming), Fields.PMU_COUNTERS.of(current), facts)
                : ACCEPTED;
    }

    private static boolean enablesPmu(long id) {
        return setsPmu(id) || id == KnownRegisters.PMCNTENCLR_EL0.bits() || id == KnownRegisters.PMINTENCLR_EL1.bits();
    }

    private static boolean setsPmu(long id) {
        return id == KnownRegisters.PMCNTENSET_EL0.bits() || id == KnownRegisters.PMINTENSET_EL1.bits();
    }

    /** 6.12 clears them, other measured kernels keep them; of each pair SET tells of it where nothing is lost. */
    private static ValueDecision v10PmuEnables(long id, long incoming, ValueFacts facts) {
        if (facts.measured() && !facts.isSeries(6, 12)) {
            return ACCEPTED;
        }
        boolean used = incoming != 0;
        if (!used && (!setsPmu(id) || !facts.isSeries(6, 12))) {
            return ACCEPTED;
        }
        String clears = facts.isSeries(6, 12)
                ? "kernel 6.12 clears the PMU's enables, since the write of the CLR register follows the SET's; "
                : "whether this kernel keeps the PMU's enables was not measured, and 6.12 clears them; ";
        return new ValueDecision.Changed(
                ValueRule.V10,
                used,
                clears
                        + (used
                                ? "the guest's event counters may stop"
                                : "this guest has set none, and one that counts events would lose its counters"));
    }

    private static ValueDecision v10PmuCounters(long incoming, long current, ValueFacts facts) {
        if (incoming <= current || facts.isSeries(6, 1)) {
            return ACCEPTED;
        }
        String guests = "the guest has " + incoming + " PMU event counters, ";
        return new ValueDecision.Changed(
                ValueRule.V10,
                true,
                facts.measured()
                        ? guests + "cut to the host's " + current
                        : guests + "the host " + current
                                + ", and whether this kernel cuts their number was not measured");
    }
}
