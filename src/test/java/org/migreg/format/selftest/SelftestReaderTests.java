package org.migreg.format.selftest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.migreg.capture.CaptureReading;
import org.migreg.capture.UnreadableCaptureException;
import org.migreg.format.capturejson.CaptureJsonReader;

class SelftestReaderTests {

    private static CaptureReading read(String text) {
        return SelftestReader.read(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theListIsReadAsTheTestPrintsIt() {
        CaptureReading reading = read("""
                Random seed: 0x6b8b4567

                \tKVM_REG_ARM64 | KVM_REG_SIZE_U64 | KVM_REG_ARM_CORE | KVM_REG_ARM_CORE_REG(regs.regs[0]),
                \tKVM_REG_ARM64 | KVM_REG_SIZE_U64 | KVM_REG_ARM_CORE | KVM_REG_ARM_CORE_REG(regs.pstate),
                \tKVM_REG_ARM64 | KVM_REG_SIZE_U64 | KVM_REG_ARM_CORE | KVM_REG_ARM_CORE_REG(spsr[4]),
                \tKVM_REG_ARM64 | KVM_REG_SIZE_U32 | KVM_REG_ARM_CORE | KVM_REG_ARM_CORE_REG(fp_regs.fpcr),
                \tKVM_REG_ARM_FW_REG(0),
                \tKVM_REG_ARM_FW_FEAT_BMAP_REG(3),
                \tARM64_SYS_REG(3, 3, 14, 3, 1),
                \tARM64_SYS_REG(3, 3, 14, 0, 2),
                \tARM64_SYS_REG(3, 0, 2, 0, 3),\t/* TCR2_EL1 */
                \tKVM_REG_ARM64_SVE_VLS,
                \tKVM_REG_ARM64_SVE_ZREG(31, 0),
                \tKVM_REG_ARM64_SVE_PREG(15, 0),
                \tKVM_REG_ARM64_SVE_FFR(0),

                """);
        assertThat(reading.registers()).hasToString("""
                0x603000000013c103
                0x603000000013df02
                0x603000000013df19
                0x6030000000140000
                0x6030000000160003
                """);
        assertThat(reading.normalisation().droppedCore()).isEqualTo(4);
        assertThat(reading.normalisation().droppedSve()).isEqualTo(4);
        assertThat(reading.remarks()).hasSize(2).last().isEqualTo("1 line around the list ignored.");
        assertThat(reading.remarks().getFirst()).contains("leaves out the cache size ids", "--list-filtered");
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream file = SelftestReaderTests.class.getResourceAsStream(name)) {
            assertThat(file).as(name).isNotNull();
            return file.readAllBytes();
        }
    }

    private static CaptureReading real(String name) throws IOException {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(resource("/selftest/" + name + ".list.txt"));
        both.writeBytes(resource("/selftest/" + name + ".list-filtered.txt"));
        return SelftestReader.read(both.toByteArray());
    }

    /** The configuration vregs+pmu asks for the features of the capture psci+pmu; registers are the same in 6.12.107. */
    @ParameterizedTest
    @CsvSource({
        "linux6.1.0-50-neoverse-v1-vregs+pmu,6.1.0-50-arm64__neoverse-v1__psci_pmu",
        "linux6.12.117-neoverse-v1-vregs+pmu,6.12.107+deb13-arm64__neoverse-v1__psci_pmu"
    })
    void whatRealKernelsPrintedIsTheListThatTheCollectorSawThere(String printed, String captured) throws IOException {
        CaptureReading reading = real(printed);
        CaptureReading capture = CaptureJsonReader.read(resource("/db/seed/captures/" + captured + ".json"))
                .getFirst();
        assertThat(reading.registers().ids()).isEqualTo(capture.registers().ids());
        assertThat(reading.normalisation().droppedCore())
                .isEqualTo(capture.normalisation().droppedCore());
    }

    @ParameterizedTest
    @CsvSource({"linux6.1.0-50-neoverse-v1-sve+pmu,242", "linux6.12.117-neoverse-v1-sve+pmu,259"})
    void sveRegistersOfARealListAreDropped(String printed, int count) throws IOException {
        CaptureReading reading = real(printed);
        assertThat(reading.registers().size()).isEqualTo(count);
        assertThat(reading.normalisation().droppedSve()).isEqualTo(50);
        assertThat(reading.normalisation().droppedCore()).isEqualTo(43);
    }

    @Test
    void bothListsTogetherAreWhole() {
        CaptureReading reading = read("""
                KVM_REG_ARM64 | KVM_REG_SIZE_U32 | KVM_REG_ARM_DEMUX | KVM_REG_ARM_DEMUX_ID_CCSIDR | 13,
                KVM_REG_ARM_TIMER_CVAL,
                KVM_REG_ARM_TIMER_CNT,
                0x6030000000140001,
                """);
        assertThat(reading.registers())
                .hasToString("0x602000000011000d\n0x603000000013df02\n0x603000000013df1a\n0x6030000000140001\n");
        assertThat(reading.remarks()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ARM64_SYS_REG(3, 0, 2, 0, 8), ! line 1: op2 is '8', which must be 0 to 7",
                "ARM64_SYS_REG(3, 0, 2, 0), ! line 1: ARM64_SYS_REG has 4 arguments, but takes 5",
                "ARM64_SYS_REG(3, 0, 2, 0, 3 ! line 1: 'ARM64_SYS_REG(3, 0, 2, 0, 3' is no expression",
                "KVM_REG_ARM_NEW(1), ! line 1: 'KVM_REG_ARM_NEW' is not known",
                "There are 2 new registers. ! line 1: this is the test's report",
                "nothing here ! holds no register",
                "KVM_REG_ARM64_SVE_VLS, ! holds no register",
            })
    void whatIsWrongIsNamedByItsLine(String both) {
        String[] parts = both.split(" ! ", 2);
        assertThatExceptionOfType(UnreadableCaptureException.class)
                .isThrownBy(() -> read(parts[0]))
                .withMessageContaining(parts[1]);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "KVM_REG_ARM64 | KVM_REG_SIZE_U65 | KVM_REG_ARM_CORE | KVM_REG_ARM_CORE_REG(regs.pc), ! is no size",
                "KVM_REG_ARM | KVM_REG_SIZE_U64 | KVM_REG_ARM_CORE | KVM_REG_ARM_CORE_REG(regs.pc), ! the architecture",
                "KVM_REG_ARM64 | KVM_REG_SIZE_U64 | KVM_REG_ARM_CORE | KVM_REG_ARM_CORE_REG(regs.x), ! no core register",
                "KVM_REG_ARM64 | KVM_REG_SIZE_U64 | KVM_REG_ARM_CORE, ! is no expression",
                "KVM_REG_ARM64 | KVM_REG_SIZE_U32 | KVM_REG_ARM_DEMUX | KVM_REG_ARM_DEMUX_ID_CCSIDR | 256, ! 0 to 255",
            })
    void malformedSumsAreRefused(String line, String message) {
        assertThatExceptionOfType(UnreadableCaptureException.class)
                .isThrownBy(() -> read(line))
                .withMessageContaining(message);
    }
}
