package org.migreg.question.fleet;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.migreg.register.RegisterEncoding;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterList;
import org.migreg.register.RegisterNames;

/**
 * An optional feature of a vCPU, with the registers that belong to it and the fields of identification
 * registers that tell whether a guest has it.
 *
 * <p>Source: Arm Architecture Reference Manual (DDI 0487), the descriptions of the ID_AA64* registers.
 *
 * @param name what people call it
 * @param fields it is there where one of them says so
 */
public record GuestFeature(String name, List<Field> fields, Predicate<RegisterId> registers) {

    /** Whether a guest has a feature. */
    public enum Presence {
        PRESENT,
        ABSENT,
        /** An identification register or its value is not given. */
        UNKNOWN
    }

    /**
     * Four bits of an identification register.
     *
     * @param absentToo a value besides 0 that also means absent, or -1
     */
    public record Field(RegisterId register, String name, int shift, int absentToo) {

        private Presence in(RegisterList list) {
            OptionalLong value = list.valueOf(register);
            if (value.isEmpty()) {
                return Presence.UNKNOWN;
            }
            long field = value.getAsLong() >>> shift & 0xf;
            return field == 0 || field == absentToo ? Presence.ABSENT : Presence.PRESENT;
        }

        /** The field's value for sentences. */
        public String textIn(RegisterList list) {
            OptionalLong value = list.valueOf(register);
            return value.isEmpty() ? "not given" : Long.toString(value.getAsLong() >>> shift & 0xf);
        }

        @Override
        public String toString() {
            return register.name() + "." + name;
        }
    }

    private static final List<GuestFeature> ALL = List.of(
            of("TCR2", named("TCR2_EL1"), field("ID_AA64MMFR3_EL1", "TCRX", 0)),
            of("SCTLR2", named("SCTLR2_EL1"), field("ID_AA64MMFR3_EL1", "SCTLRX", 4)),
            of(
                    "permission indirection",
                    named("PIR_EL1").or(named("PIRE0_EL1")),
                    field("ID_AA64MMFR3_EL1", "S1PIE", 8)),
            of("permission overlays", named("POR_EL1").or(named("POR_EL0")), field("ID_AA64MMFR3_EL1", "S1POE", 16)),
            of("FPMR", named("FPMR"), field("ID_AA64PFR2_EL1", "FPMR", 32)),
            of("PMU", RegisterId::isOfThePmu, new Field(find("ID_AA64DFR0_EL1"), "PMUVer", 8, 15)),
            of("SVE", named("ZCR_EL1"), field("ID_AA64PFR0_EL1", "SVE", 32)),
            of(
                    "memory tagging",
                    named("RGSR_EL1").or(named("GCR_EL1")).or(named("TFSR_EL1")).or(named("TFSRE0_EL1")),
                    field("ID_AA64PFR1_EL1", "MTE", 8)),
            of("EL2", GuestFeature::isOfEl2, field("ID_AA64PFR0_EL1", "EL2", 8)));

    public GuestFeature {
        fields = List.copyOf(fields);
    }

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
        boolean unknown = false;
        for (Field field : fields) {
            switch (field.in(list)) {
                case PRESENT -> {
                    return Presence.PRESENT;
                }
                case UNKNOWN -> unknown = true;
                case ABSENT -> {}
            }
        }
        return unknown ? Presence.UNKNOWN : Presence.ABSENT;
    }

    private static boolean isOfEl2(RegisterId register) {
        return register.encoding() instanceof RegisterEncoding.SystemRegister r
                && r.op0() == 3
                && (r.op1() == 4 || r.op1() == 5);
    }

    private static GuestFeature of(String name, Predicate<RegisterId> registers, Field... fields) {
        return new GuestFeature(name, List.of(fields), registers);
    }

    private static Field field(String register, String name, int shift) {
        return new Field(find(register), name, shift, -1);
    }

    private static Predicate<RegisterId> named(String name) {
        return find(name)::equals;
    }

    private static RegisterId find(String name) {
        RegisterId id = RegisterNames.find(name);
        if (id == null) {
            throw new IllegalStateException("the table of registers lacks " + name);
        }
        return id;
    }
}
