package org.migreg.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.migreg.evaluation.LoadBehaviour;
import org.migreg.property.Generator;
import org.migreg.property.Property;

class QemuWordsTests {

    @ParameterizedTest
    @CsvSource({
        "7.2.0, LENGTH_CHECKED",
        "10.0.13, LENGTH_CHECKED",
        "10.2, LENGTH_CHECKED",
        "10.2.9, LENGTH_CHECKED",
        "11.0, ALL_MISMATCHES",
        "v11.0.1, ALL_MISMATCHES",
        "11.1.3, TOLERANCES",
        "11.1.3 (Debian 1:11.1.3+ds-1), TOLERANCES",
        "12.0.0, TOLERANCES"
    })
    void theVersionOfAnUnpatchedQemuTellsItsBehaviour(String version, String behaviour) {
        assertThat(LoadBehaviour.of(QemuVersion.parse(version)).apiName()).isEqualTo(behaviour);
        assertThat(LoadBehaviour.parse(behaviour).apiName()).isEqualTo(behaviour);
    }

    @ParameterizedTest
    @ValueSource(strings = {"11.0.50", "10.2.94", "10.2.50-g1234"})
    void aBuildBetweenTwoReleasesDoesNotTell(String version) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> LoadBehaviour.of(QemuVersion.parse(version)))
                .withMessageContaining("state the load behaviour instead");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "10.", "ten", "10.2.1.4", "-1.2", "1000.1", "10.2\n"})
    void whatIsNoVersionIsRefused(String text) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> QemuVersion.parse(text))
                .withMessageContaining("such as 10.2.1");
    }

    @Test
    void versionsCompareByNumbers() {
        assertThat(QemuVersion.parse("9.2.0")).isLessThan(QemuVersion.parse("10.0.0"));
        assertThat(QemuVersion.parse("10.2.1")).isLessThan(QemuVersion.parse("10.10"));
        assertThat(QemuVersion.parse("10.2")).isEqualByComparingTo(QemuVersion.parse("10.2.0"));
    }

    @Test
    void aMachineTypeHasAWellFormedNameAndAnotherParent() {
        assertThat(new MachineType("virt-rhel9.6.0", "aarch64", null, "").name())
                .isEqualTo("virt-rhel9.6.0");
        for (String name : new String[] {"", "-virt", "virt 10.1", "virt/10.1", "v".repeat(65), "virt\n"}) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> new MachineType(name, "aarch64", null, ""))
                    .withMessageContaining("such as virt-10.1");
        }
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new MachineType("virt-10.1", "aarch64", "virt-10.1", ""))
                .withMessageContaining("cannot inherit from itself");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new MachineType("virt-10.1", "x86_64", null, ""))
                .withMessageContaining("aarch64 or arm");
    }

    @Test
    void acceleratorsAreReadInAnyCase() {
        assertThat(Accelerator.parse("KVM")).isEqualTo(Accelerator.KVM).hasToString("kvm");
        assertThat(Accelerator.parse("tcg")).isEqualTo(Accelerator.TCG).hasToString("tcg");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Accelerator.parse("hvf"))
                .withMessageContaining("kvm or tcg");
    }

    @Test
    void onlyIllegalArgumentExceptionLeavesTheParsers() {
        Property.holds(1000, given -> {
            String text = given.any(Generator.texts(0, 100));
            try {
                assertThat(QemuVersion.parse(text).text()).isEqualTo(text);
            } catch (IllegalArgumentException refused) {
                assertThat(refused).isExactlyInstanceOf(IllegalArgumentException.class);
            }
            try {
                assertThat(new MachineType(text, "arm", null, text).name()).isEqualTo(text);
            } catch (IllegalArgumentException refused) {
                assertThat(refused).isExactlyInstanceOf(IllegalArgumentException.class);
            }
        });
    }
}
