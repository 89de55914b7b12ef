package org.migreg.evaluation;

import java.util.Locale;
import org.migreg.register.RegisterId;

/**
 * The rules by which a destination takes values, and all that others need to know of them: a rule that compiles is
 * complete. {@code docs/value-rules.md} has the figures. V0, that an equal value is accepted, is none of them, since
 * there is nothing to tell of it.
 */
public enum ValueRule {
    V1("the PSCI version", Source.EVERYWHERE, Kept.INCOMING, Help.NOTHING),
    V2(
            "levels of firmware workarounds",
            Source.EVERYWHERE + "; levels 2 and 3 by Linux's source",
            Kept.OWN,
            Help.NOTHING),
    V3("hypercall services", Source.EVERYWHERE, Kept.INCOMING, Help.NOTHING),
    /** Which of the two that follow is not known. */
    V4("cache size ids", Source.EVERYWHERE, Kept.INCOMING, Help.NOTHING),
    V4A("cache size ids on 6.1", Source.ON_6_1, Kept.INCOMING, Help.NOTHING),
    V4B("cache size ids", Source.SINCE_6_12, Kept.INCOMING, Help.NOTHING),
    V5("which processor it is", Source.EVERYWHERE, Kept.INCOMING, Help.NOTHING),
    /** Which of the two that follow is not known. */
    V6("the cache hierarchy", Source.EVERYWHERE, Kept.INCOMING, Help.NOTHING),
    V6A("the cache hierarchy on 6.1", Source.ON_6_1, Kept.INCOMING, Help.NOTHING),
    V6B("the cache hierarchy", Source.SINCE_6_12, Kept.INCOMING, Help.NOTHING),
    /** Which of those that follow is not known. */
    V7("identification registers", Source.EVERYWHERE, Kept.INCOMING, Help.NOTHING),
    V7A("CSV2 and CSV3 on 6.1", Source.ON_6_1, Kept.INCOMING, Help.NOTHING),
    V7B("identification registers on 6.1", Source.ON_6_1, Kept.INCOMING, Help.NOTHING),
    V7C("bits outside the writable mask", Source.SINCE_6_12, Kept.INCOMING, Help.NOTHING),
    V7D("fields inside the writable mask", Source.SINCE_6_12, Kept.INCOMING, Help.NOTHING),
    V7E("fields that compare otherwise", Source.SINCE_6_12, Kept.WITHOUT_PMU_VERSION, Help.NOTHING),
    V7F("CTR_EL0", Source.SINCE_6_12, Kept.INCOMING, Help.NOTHING),
    V7G("fields of one bit", Source.SINCE_6_12, Kept.INCOMING, Help.NOTHING),
    V7H("ID_AA64MMFR2_EL1.NV", "Linux 6.16 to 7.3", Kept.WITH_OWN_NV, Help.NOTHING),
    V7I(
            "identification registers before 6.7",
            "Linux 5.9, 5.10-rc1 and 4.14 to 5.10 in the field, 6.1 measured, and Linux's source",
            Kept.INCOMING,
            Help.NOTHING),
    V8("the OS lock's status", Source.EVERYWHERE, Kept.INCOMING, Help.NOTHING),
    V9("PMMIR_EL1", "Linux 7.3.4, the first to list it", Kept.INCOMING, Help.NOTHING),
    V10("every other system register", Source.EVERYWHERE, Kept.WHAT_THE_PMU_TAKES, Help.NOTHING),
    V11(
            "registers whose feature an incoming identification register takes away",
            Source.SINCE_6_12 + ", on QEMU's max",
            Kept.INCOMING,
            Help.HIDING),
    V12(
            "AArch32 identification registers where EL0 has no AArch32",
            "Linux 6.1, 6.12.107, 6.18.15 and 7.3.4 on a64fx",
            Kept.OWN,
            Help.NOTHING),
    T1("constants under TCG", Source.RECORDED_LOADS, Kept.INCOMING, Help.NOTHING),
    T2("constants under TCG that the stream lacks", Source.RECORDED_LOADS, Kept.INCOMING, Help.NOTHING),
    T3("registers of EL2 under TCG on a machine without EL2", Source.RECORDED_LOADS, Kept.INCOMING, Help.NOTHING),
    T4(
            "debug registers of 32-bit processors under TCG",
            "4 recorded loads by QEMU 11.1 of streams of QEMU 10.0.2",
            Kept.INCOMING,
            Help.NOTHING);

    private static final class Source {
        static final String EVERYWHERE = "eleven kernels, Linux 6.1 to 7.3";
        static final String ON_6_1 = "Linux 6.1.0-50";
        static final String SINCE_6_12 = "ten kernels, Linux 6.12 to 7.3";
        static final String RECORDED_LOADS = "414 recorded loads of QEMU 7.2, 10.0 and 11.1";
    }

    /** What an entry of the tables can do against a refusal by a rule. */
    public enum Help {
        /** Both sides have the register, and do not agree on its value. */
        NOTHING,
        /** Hidden on the destination, the register is not written there. */
        HIDING
    }

    private final String about;
    private final String source;
    private final Kept kept;
    private final Help help;

    ValueRule(String about, String source, Kept kept, Help help) {
        this.about = about;
        this.source = source;
        this.kept = kept;
        this.help = help;
    }

    /** The values that it judges. */
    public String about() {
        return about;
    }

    /** What it was measured on. */
    public String source() {
        return source;
    }

    public Help help() {
        return help;
    }

    /**
     * What the guest has on the destination, and carries on from there, once this rule has let its value pass.
     *
     * @param own the destination's value
     */
    public long carriedAs(RegisterId register, long incoming, long own) {
        return kept.of(register, incoming, own);
    }

    /** The number, {@code V7h}. */
    @Override
    public String toString() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }
}
