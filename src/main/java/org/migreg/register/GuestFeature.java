package org.migreg.register;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An optional feature of a vCPU, with the registers that belong to it and the field of an
 * identification register that tells whether a guest has it.
 *
 * <p>Source: Arm Architecture Reference Manual (DDI 0487), the descriptions of the ID_AA64* registers.
 *
 * @param name what people call it
 * @param field it is there where this one says so
 */
public record GuestFeature(String name, Field field, Predicate<RegisterId> registers) {

    /** Whether a guest has a feature. */
    public enum Presence {
        PRESENT,
        ABSENT,
        /** An identification register or its value is not given. */
        UNKNOWN
    }

    /**
     * A field of an identification register.
     *
     * @param absentToo a value besides 0 that also means absent, or -1
     */
    public record Field(RegisterId register, BitField bits, long absentToo) {

        private Presence in(RegisterList list) {
            OptionalLong value = list.valueOf(register);
            if (value.isEmpty()) {
                return Presence.UNKNOWN;
            }
            long field = bits.of(value.getAsLong());
            return field == 0 || field == absentToo ? Presence.ABSENT : Presence.PRESENT;
        }

        /** The field's value for sentences. */
        public String textIn(RegisterList list) {
            OptionalLong value = list.valueOf(register);
            return value.isEmpty() ? "not given" : Long.toString(bits.of(value.getAsLong()));
        }

        @Override
        public String toString() {
            return register.name() + "." + bits.name();
        }
    }

    private static final List<GuestFeature> ALL = List.of(
            of("TCR2", named("TCR2_EL1"), field(KnownRegisters.ID_AA64MMFR3_EL1, "TCRX")),
            of("SCTLR2", named("SCTLR2_EL1"), field(KnownRegisters.ID_AA64MMFR3_EL1, "SCTLRX")),
            of(
                    "permission indirection",
                    named("PIR_EL1").or(named("PIRE0_EL1")),
                    field(KnownRegisters.ID_AA64MMFR3_EL1, "S1PIE")),
            of(
                    "permission overlays",
                    named("POR_EL1").or(named("POR_EL0")),
                    field(KnownRegisters.ID_AA64MMFR3_EL1, "S1POE")),
            of("FPMR", named("FPMR"), field(KnownRegisters.ID_AA64PFR2_EL1, "FPMR")),
            of(
                    "PMU",
                    RegisterId::isOfThePmu,
                    new Field(
                            KnownRegisters.ID_AA64DFR0_EL1,
                            RegisterFields.require(KnownRegisters.ID_AA64DFR0_EL1, "PMUVer"),
                            15)),
            of("SVE", named("ZCR_EL1"), field(KnownRegisters.ID_AA64PFR0_EL1, "SVE")),
            of(
                    "memory tagging",
                    named("RGSR_EL1").or(named("GCR_EL1")).or(named("TFSR_EL1")).or(named("TFSRE0_EL1")),
                    field(KnownRegisters.ID_AA64PFR1_EL1, "MTE")),
            of("EL2", GuestFeature::isOfEl2, field(KnownRegisters.ID_AA64PFR0_EL1, "EL2")));

    /** The feature that the register belongs to, or null for one that every guest has. */
    public static @Nullable GuestFeature of(RegisterId register) {
        for (GuestFeature feature : ALL) {
            if (feature.registers.test(register)) {
                return feature;
            }
        }
        return null;
    }

    /** Whether a guest with these registers and values has the feature. */
    public Presence in(RegisterList list) {
        return field.in(list);
    }

    private static boolean isOfEl2(RegisterId register) {
        return register.encoding() instanceof RegisterEncoding.SystemRegister r
                && r.op0() == 3
                && (r.op1() == 4 || r.op1() == 5);
    }

    private static GuestFeature of(String name, Predicate<RegisterId> registers, Field field) {
        return new GuestFeature(name, field, registers);
    }

    private static Field field(RegisterId register, String name) {
        return new Field(register, RegisterFields.require(register, name), -1);
    }

    private static Predicate<RegisterId> named(String name) {
        return RegisterNames.require(name)::equals;
    }
}
