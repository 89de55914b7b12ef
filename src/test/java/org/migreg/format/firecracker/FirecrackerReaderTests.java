package org.migreg.format.firecracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.migreg.capture.CaptureReading;
import org.migreg.capture.UnreadableCaptureException;
import org.migreg.qemu.Accelerator;
import org.migreg.register.RegisterId;

class FirecrackerReaderTests {

    private static CaptureReading read(String json) {
        return FirecrackerReader.read(json.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The real fingerprints may not be copied into the project: they are read from beside it, or from
     * where the property {@code migreg.shared} says.
     */
    private static CaptureReading real(String name) throws IOException {
        Path shared = Path.of(System.getProperty("migreg.shared", "../shared"));
        Path file = shared.resolve("third-party/firecracker").resolve(name);
        assumeTrue(Files.isReadable(file), () -> "skipped: " + file + " is not here");
        return FirecrackerReader.read(Files.readAllBytes(file));
    }

    @Test
    void aFingerprintIsReadWithKernelProcessorAndValues() {
        CaptureReading reading = read("""
                {"firecracker_version": "1.16.0", "kernel_version": "6.1.172-216.329.amzn2023.aarch64",
                 "microcode_version": "0xff", "bios_version": "1.0", "bios_revision": "1.0",
                 "guest_cpu_config": {"kvm_capabilities": [], "vcpu_features": [], "reg_modifiers": [
                  {"addr": "0x603000000013c000", "bitmap": "0b01000001010011111101000011000001"},
                  {"addr": "0x60200000001000d4", "bitmap": "0b0"},
                  {"addr": "0x6020000000110000",
                   "bitmap": "0b0000000000000000000000000000000000000000000000000000000000000000000000000101"}]}}
                """);
        assertThat(reading.format()).isEqualTo("firecracker-fingerprint");
        assertThat(reading.registers()).hasToString("0x6020000000110000=0x5\n0x603000000013c000=0x414fd0c1\n");
        assertThat(reading.kernelRelease()).isEqualTo("6.1.172-216.329.amzn2023.aarch64");
        assertThat(reading.midr()).isEqualTo(0x414f_d0c1L);
        assertThat(reading.cpuModel()).isEqualTo("neoverse-n1");
        assertThat(reading.accelerator()).isEqualTo(Accelerator.KVM);
        assertThat(reading.origin()).isEqualTo("Firecracker 1.16.0 cpu-template-helper fingerprint");
        assertThat(reading.droppedCore()).isEqualTo(1);
        assertThat(reading.remarks()).hasSize(1);
    }

    @Test
    void aTemplateIsReadAsWhatItIs() {
        CaptureReading reading = read("""
                {"reg_modifiers": [
                  {"addr": "0x603000000013c020", "bitmap": "0bxxxx0000xxxx"},
                  {"addr": "0x603000000013c103", "bitmap": "0b0101"}]}
                """);
        assertThat(reading.format()).isEqualTo("firecracker-template");
        assertThat(reading.registers()).hasToString("0x603000000013c020\n0x603000000013c103=0x5\n");
        assertThat(reading.remarks())
                .containsExactly(
                        "A CPU template lists the 2 registers that it modifies, not all that a host has: do not compare"
                                + " it as a host's list.",
                        "1 registers have bits that the template leaves alone (x); their values are unknown.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | neither guest_cpu_config",
                "[] | no object",
                "{\"kvm_capabilities\": [\"170\"]} | modifies no register",
                "{\"reg_modifiers\": {}} | /reg_modifiers must be an array",
                "{\"reg_modifiers\": []} | /reg_modifiers holds no register",
                "{\"reg_modifiers\": [{\"addr\": 1, \"bitmap\": \"0b1\"}]} | /reg_modifiers/0 must be",
                "{\"reg_modifiers\": [{\"addr\": \"0x603000000013c103\", \"bitmap\": \"0b2\"}]} | /reg_modifiers/0 has a bitmap",
                "{\"reg_modifiers\": [{\"addr\": \"TCR2_EL1\", \"bitmap\": \"0b1\"}]} | /reg_modifiers/0 is refused",
                "{\"reg_modifiers\": [{\"addr\": \"0x1\", \"bitmap\": \"0b1\"}]} | is no register of an arm64",
                "{\"guest_cpu_config\": {}, \"kernel_version\": \"x\"} | /guest_cpu_config/reg_modifiers must be an array",
                "{\"reg_modifiers\": [{\"addr\": \"0x6020000000110000\", \"bitmap\": \"0b100000000000000000000000000000000\"}]} | has 33 bits",
                "{\"reg_modifiers\": | malformed JSON",
            })
    void whatIsWrongIsNamed(String json, String message) {
        assertThatExceptionOfType(UnreadableCaptureException.class)
                .isThrownBy(() -> read(json))
                .withMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({
        "fingerprint_ARM_NEOVERSE_N1_5.10host.json, 5.10.255-253.1008.amzn2.aarch64, neoverse-n1",
        "fingerprint_ARM_NEOVERSE_N1_6.1host.json, 6.1.172-216.329.amzn2023.aarch64, neoverse-n1",
        "fingerprint_ARM_NEOVERSE_N1_6.18host.json, 6.18.30-61.116.amzn2023.aarch64, neoverse-n1",
        "fingerprint_ARM_NEOVERSE_V1_5.10host.json, 5.10.255-253.1008.amzn2.aarch64, neoverse-v1",
        "fingerprint_ARM_NEOVERSE_V1_6.1host.json, 6.1.172-216.329.amzn2023.aarch64, neoverse-v1",
        "fingerprint_ARM_NEOVERSE_V1_6.18host.json, 6.18.30-61.116.amzn2023.aarch64, neoverse-v1",
    })
    void realFingerprintsAreRead(String file, String kernel, String cpuModel) throws IOException {
        CaptureReading reading = real(file);
        assertThat(reading.kernelRelease()).isEqualTo(kernel);
        assertThat(reading.cpuModel()).isEqualTo(cpuModel);
        assertThat(reading.registers().size()).isBetween(150, 260);
        assertThat(reading.registers().valueCount())
                .isEqualTo(reading.registers().size());
        assertThat(reading.droppedCore()).isPositive();
        assertThat(reading.registers().contains(RegisterId.parseLenient("KVM_REG_ARM_PSCI_VERSION")))
                .isTrue();
    }

    @Test
    void realTemplatesAreRead() throws IOException {
        CaptureReading template = real("V1N1.json");
        assertThat(template.registers().size()).isEqualTo(4);
        assertThat(template.registers().valueCount()).isZero();
        assertThatExceptionOfType(UnreadableCaptureException.class)
                .isThrownBy(() -> real("AARCH64_WITH_SVE_AND_PAC.json"))
                .withMessageContaining("modifies no register");
    }
}
