package org.migreg.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MidrTests {

    @ParameterizedTest
    @CsvSource({
        "0x00000000410fd0c0, Arm Neoverse-N1 r0p0, neoverse-n1",
        "0x00000000414fd0c1, Arm Neoverse-N1 r4p1, neoverse-n1",
        "0x00000000411fd401, Arm Neoverse-V1 r1p1, neoverse-v1",
        "0x00000000461f0010, Fujitsu A64FX r1p0, a64fx",
        "0x00000000c00fac30, Ampere Ampere-1 r0p0, ampere-1",
        "0x00000000481fd010, HiSilicon TSV110 r1p0, tsv110",
        "0x00000000611f0221, Apple M1 Icestorm r1p1, m1-icestorm",
        "0x00000000000f0510, reserved for software use QEMU max r0p0, max",
    })
    void knownProcessorsAreNamed(String midr, String description, String cpuModel) {
        Midr value = new Midr(Long.decode(midr));
        assertThat(value.describe()).isEqualTo(description);
        assertThat(value.cpuModel()).isEqualTo(cpuModel);
        assertThat(value).hasToString(midr);
    }

    @Test
    void theFieldsAreTakenApart() {
        Midr midr = new Midr(0x414f_d0c1L);
        assertThat(midr.implementer()).isEqualTo(0x41);
        assertThat(midr.variant()).isEqualTo(4);
        assertThat(midr.architecture()).isEqualTo(0xf);
        assertThat(midr.part()).isEqualTo(0xd0c);
        assertThat(midr.revision()).isEqualTo(1);
    }

    @Test
    void whatTheTableLacksIsShownAsNumbers() {
        assertThat(new Midr(0x410f_fff3L).describe()).isEqualTo("Arm part 0xfff r0p3");
        assertThat(new Midr(0xee2f_0011L).describe()).isEqualTo("implementer 0xee part 0x001 r2p1");
        assertThat(new Midr(0xee2f_0011L).cpuModel()).isNull();
    }

    @Test
    void reservedBitsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Midr(0x1_410f_d0c0L))
                .withMessageContaining("upper 32 bits");
    }
}
