package org.migreg.format.firecracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.migreg.capture.CaptureReading;
import org.migreg.capture.SaidOfHost.Fact;
import org.migreg.capture.UnreadableCaptureException;
import org.migreg.format.reading.FileContent;
import org.migreg.qemu.Accelerator;
import org.migreg.register.RegisterId;

class FirecrackerReaderTests {

    private static FileContent.Captures read(String json) {
        return FirecrackerReader.read(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aFingerprintIsReadWithKernelProcessorAndValues() {
        FileContent.Captures content = read("""
                {"firecracker_version": "1.16.0", "kernel_version": "6.1.172-216.329.amzn2023.aarch64",
                 "microcode_version": "0xff", "bios_version": "1.0", "bios_revision": "1.0",
                 "guest_cpu_config": {"kvm_capabilities": [], "vcpu_features": [], "reg_modifiers": [
                  {"addr": "0x603000000013c000", "bitmap": "0b01000001010011111101000011000001"},
                  {"addr": "0x60200000001000d4", "bitmap": "0b0"},
                  {"addr": "0x6020000000110000",
                   "bitmap": "0b0000000000000000000000000000000000000000000000000000000000000000000000000101"}]}}
                """);
        CaptureReading reading = content.readings().getFirst();
        assertThat(content.format()).isEqualTo("firecracker-fingerprint");
        assertThat(reading.registers()).hasToString("0x6020000000110000=0x5\n0x603000000013c000=0x414fd0c1\n");
        assertThat(reading.host().get(Fact.KERNEL_RELEASE)).isEqualTo("6.1.172-216.329.amzn2023.aarch64");
        assertThat(reading.host().get(Fact.MIDR)).isEqualTo(0x414f_d0c1L);
        assertThat(reading.host().get(Fact.CPU_MODEL)).isEqualTo("neoverse-n1");
        assertThat(reading.host().get(Fact.ACCELERATOR)).isEqualTo(Accelerator.KVM);
        assertThat(reading.host().get(Fact.ORIGIN)).isEqualTo("Firecracker 1.16.0 cpu-template-helper fingerprint");
        assertThat(reading.normalisation().droppedCore()).isEqualTo(1);
        assertThat(reading.remarks()).hasSize(1);
    }

    @Test
    void aTemplateIsReadAsWhatItIs() {
        FileContent.Captures content = read("""
                {"reg_modifiers": [
                  {"addr": "0x603000000013c020", "bitmap": "0bxxxx0000xxxx"},
                  {"addr": "0x603000000013c103", "bitmap": "0b0101"}]}
                """);
        CaptureReading reading = content.readings().getFirst();
        assertThat(content.format()).isEqualTo("firecracker-template");
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
        "neoverse-n1-linux6.18, 6.18.30-61.116.amzn2023.aarch64, neoverse-n1, 0x413fd0c1, 0x10003, 180",
        "neoverse-v1-linux5.10, 5.10.255-253.1008.amzn2.aarch64, neoverse-v1, 0x411fd401, 0x10000, 238",
    })
    void whatRealHostsShowIsRead(String host, String kernel, String cpuModel, String midr, String psci, int registers)
            throws IOException {
        FileContent.Captures content = FirecrackerReader.read(SampleFingerprints.fingerprint(host));
        CaptureReading reading = content.readings().getFirst();
        assertThat(content.format()).isEqualTo("firecracker-fingerprint");
        assertThat(reading.host().get(Fact.KERNEL_RELEASE)).isEqualTo(kernel);
        assertThat(reading.host().get(Fact.CPU_MODEL)).isEqualTo(cpuModel);
        assertThat(reading.host().get(Fact.MIDR)).isEqualTo(Long.decode(midr));
        assertThat(reading.registers().valueOf(RegisterId.parseLenient("KVM_REG_ARM_PSCI_VERSION")))
                .hasValue(Long.decode(psci));
        assertThat(reading.registers().valueCount())
                .isEqualTo(reading.registers().size())
                .isEqualTo(registers);
        assertThat(reading.normalisation().droppedCore() + registers)
                .isEqualTo(SampleFingerprints.registers(host).size());
        assertThat(reading.registers().toString().replace('=', ' ').lines())
                .isSubsetOf(SampleFingerprints.registers(host));
    }
}
