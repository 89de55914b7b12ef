package org.migreg.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.migreg.qemu.QemuVersion;

/** What people are told of the load behaviours. */
class LoadBehaviourTests {

    @ParameterizedTest
    @EnumSource
    void everyBehaviourIsReadBackFromItsNameInAnyCase(LoadBehaviour.Spec spec) {
        assertThat(spec.behaviour().spec()).isEqualTo(spec);
        assertThat(LoadBehaviour.parse(spec.name())).isEqualTo(spec.behaviour());
        assertThat(LoadBehaviour.parse(spec.name().toLowerCase(java.util.Locale.ROOT)))
                .isEqualTo(spec.behaviour());
    }

    @Test
    void aPackageOfEnterpriseLinuxDoesWhatTheTableOfPackagesSaysOrIsUnknown() {
        for (String tolerant :
                new String[] {"10.1.0-21.el10_3", "10.1.0-21.el10_3.2", "10.1.0 (qemu-kvm-10.1.0-21.el10_3)"}) {
            assertThat(LoadBehaviour.of(QemuVersion.parse(tolerant)))
                    .as(tolerant)
                    .isEqualTo(new LoadBehaviour.Tolerances(false));
        }
        for (String without : new String[] {
            "10.1.0-15.el10", "10.1.0-16.el10_2", "10.1.0 (qemu-kvm-10.1.0-17.el9_8)", "10.0.0-14.el10_1.aarch64"
        }) {
            assertThat(LoadBehaviour.of(QemuVersion.parse(without)))
                    .as(without)
                    .isEqualTo(new LoadBehaviour.LengthChecked());
        }
        for (String unknown : new String[] {
            "10.1.0-17.el10",
            "10.1.0-16.el10_2.2",
            "10.1.0-16.el10_2.alma.1",
            "10.1.0-20.el9",
            "9.1.0-29.el9",
            "10.1.0-21.el10_30",
            "10.2.0-3.el10_3",
            "6.2.0-53.module+el8.10.0+21000+a1b2c3d4",
            "8.2.0-35.oe2403sp1",
            "9.2.4 (SUSE Linux Enterprise 15)"
        }) {
            assertThatIllegalArgumentException()
                    .as(unknown)
                    .isThrownBy(() -> LoadBehaviour.of(QemuVersion.parse(unknown)))
                    .withMessageContaining("may carry backports");
        }
        assertThat(LoadBehaviour.of(QemuVersion.parse("10.0.13 (Debian 1:10.0.13+ds-0+deb13u1)")))
                .isEqualTo(new LoadBehaviour.LengthChecked());
    }

    @Test
    void whatIsNoBehaviourIsRefusedWithTheNamesThatAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LoadBehaviour.parse("TOLERANT"))
                .withMessage("'TOLERANT' is not a load behaviour: write LENGTH_CHECKED, ALL_MISMATCHES, TOLERANCES or"
                        + " X_MIG_PROPERTIES");
    }

    @Test
    void aFormOffersTheUsualOneFirstAndNamesQemusByVersion() {
        assertThat(LoadBehaviour.Spec.usualFirst())
                .extracting(LoadBehaviour.Spec::label)
                .containsExactly(
                        "with x-mig properties",
                        "up to 10.2: length checked",
                        "11.0: every mismatch",
                        "11.1: upstream's tolerances");
    }

    @Test
    void aStreamMayBeSoLong() {
        assertThat(new LoadBehaviour.LengthChecked().longestStream(240, 3)).isEqualTo(OptionalInt.of(240));
        assertThat(new LoadBehaviour.XMigProperties().longestStream(240, 3)).isEqualTo(OptionalInt.of(253));
        assertThat(new LoadBehaviour.AllMismatches().longestStream(240, 3)).isEmpty();
        assertThat(new LoadBehaviour.Tolerances(false).longestStream(240, 3)).isEmpty();
    }
}
