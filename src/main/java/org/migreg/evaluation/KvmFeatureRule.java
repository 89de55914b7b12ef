package org.migreg.evaluation;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.migreg.register.GuestFeature;
import org.migreg.register.KnownRegisters;
import org.migreg.register.RegisterId;

/** Rule V11, of {@link KvmValueRules}: an identification register may take others from the guest. */
final class KvmFeatureRule {

    /**
     * A register that goes with its feature.
     *
     * @param since the first kernel on which it goes; null where none that was measured exposed it. Source: Linux hides
     *     POR_EL1 where ID_AA64MMFR3_EL1.S1POE is 0.
     */
    private record FeatureRegister(
            RegisterId register,
            GuestFeature.Field field,
            @Nullable Release since) {

        static FeatureRegister of(RegisterId register, @Nullable Release since) {
            GuestFeature feature = GuestFeature.of(register);
            if (feature == null) {
                throw new IllegalStateException(register.name() + " belongs to no feature");
            }
            return new FeatureRegister(register, feature.field(), since);
        }
    }

    private record Release(int major, int minor) {}

    private static final FeatureRegister[] REGISTERS = {
        FeatureRegister.of(KnownRegisters.SCTLR2_EL1, new Release(6, 17)),
        FeatureRegister.of(KnownRegisters.TCR2_EL1, new Release(6, 13)),
        FeatureRegister.of(KnownRegisters.PIR_EL1, new Release(6, 13)),
        FeatureRegister.of(KnownRegisters.PIRE0_EL1, new Release(6, 13)),
        FeatureRegister.of(KnownRegisters.FPMR, new Release(6, 12)),
        FeatureRegister.of(KnownRegisters.POR_EL1, null)
    };

    private KvmFeatureRule() {}

    /**
     * V11: registers of a feature that the incoming identification register has taken from the guest
     * are gone when their turn comes: ENOENT, even for their own value.
     */
    static @Nullable ValueDecision v11FeatureGone(long id, ValueFacts facts) {
        for (FeatureRegister each : REGISTERS) {
            if (each.register().bits() == id) {
                return v11FeatureGone(each, facts);
            }
        }
        return null;
    }

    private static @Nullable ValueDecision v11FeatureGone(FeatureRegister of, ValueFacts facts) {
        if (!isTaken(of.field(), facts)) {
            return null;
        }
        String name = of.field().register().name();
        Release since = of.since();
        if (!facts.measured()) {
            return facts.notMeasured(ValueRule.V11, "a register whose feature " + name + " takes from the guest");
        }
        if (since == null) {
            return new ValueDecision.WithoutRule(
                    name + " takes this register's feature from the guest, and no measured kernel had the register");
        }
        if (!facts.surelyAtLeast(since.major(), since.minor())) {
            return null;
        }
        return new ValueDecision.Refused(
                ValueRule.V11,
                true,
                "the incoming " + name + " takes its feature from the guest, and with it the register");
    }

    private static boolean isTaken(GuestFeature.Field field, ValueFacts facts) {
        OptionalLong incoming = facts.outgoing().valueOf(field.register());
        OptionalLong current = facts.local().valueOf(field.register());
        if (incoming.isEmpty()
                || current.isEmpty()
                || field.bits().of(current.getAsLong()) == 0
                || field.bits().of(incoming.getAsLong()) != 0) {
            return false;
        }
        ValueDecision decision = KvmIdentificationRules.v7Identification(
                field.register().bits(), incoming.getAsLong(), current.getAsLong(), facts);
        return switch (decision) {
            case ValueDecision.Refused d -> false;
            case ValueDecision.Undecided d -> false;
            case ValueDecision.Accepted d -> true;
            case ValueDecision.Changed d -> true;
            case ValueDecision.WithoutRule d -> true;
        };
    }
}
