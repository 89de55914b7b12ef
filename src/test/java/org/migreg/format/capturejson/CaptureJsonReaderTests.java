package org.migreg.format.capturejson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.migreg.capture.CaptureReading;
import org.migreg.capture.SaidOfHost.Fact;
import org.migreg.capture.UnreadableCaptureException;
import org.migreg.qemu.Accelerator;
import org.migreg.register.RegisterId;

class CaptureJsonReaderTests {

    private static CaptureReading one(String json) {
        return CaptureJsonReader.read(json.getBytes(StandardCharsets.UTF_8)).getFirst();
    }

    private static byte[] seed(String name) throws IOException {
        try (InputStream resource =
                CaptureJsonReaderTests.class.getResourceAsStream("/db/seed/captures/" + name + ".json")) {
            return resource.readAllBytes();
        }
    }

    @Test
    void aRealCaptureIsReadWithEverythingItSays() throws IOException {
        CaptureReading reading = CaptureJsonReader.read(seed("6.1.0-50-arm64__max-mte__qemu-host_mte"))
                .getFirst();
        assertThat(reading.host().get(Fact.KERNEL_RELEASE)).isEqualTo("6.1.0-50-arm64");
        assertThat(reading.host().get(Fact.KERNEL_PACKAGE)).isEqualTo("Debian linux 6.1.176-1");
        assertThat(reading.host().get(Fact.CPU_MODEL)).isEqualTo("max");
        assertThat(reading.host().get(Fact.MIDR)).isEqualTo(0xf0510L);
        assertThat(reading.host().get(Fact.ACCELERATOR)).isEqualTo(Accelerator.KVM);
        assertThat(reading.host().get(Fact.VCPU_FEATURE_SET)).isEqualTo("qemu-host+mte");
        assertThat(reading.host().get(Fact.VCPU_FEATURES)).contains("pmu-v3", "mte");
        assertThat(reading.host().get(Fact.ORIGIN)).startsWith("KVM_GET_REG_LIST");
        assertThat(reading.normalisation().droppedCore()).isPositive();
        assertThat(reading.normalisation().droppedSve()).isPositive();
        assertThat(reading.registers().valueOf(RegisterId.parse("0x6020000000110000")))
                .hasValue(0x701fe01aL);
        assertThat(reading.remarks()).isEmpty();
    }

    @Test
    void allThreeWaysToWriteARegisterAreReadAndNullIsUnknown() {
        CaptureReading reading = one("""
                {"registers": [
                  ["0x603000000013c103", "0x5"],
                  {"id": "PIRE0_EL1", "value": 18446744073709551615},
                  {"id": 6931039826524489491},
                  "0x6030000000160003",
                  ["0x6030000000140000", null],
                  ["0x6080000000150000", "0x112233445566778899aabbccddeeff00112233445566778899"],
                  ["0x6030000000100000", 340282366920938463463374607431768211455]]}
                """);
        assertThat(reading.registers()).hasToString("""
                        0x603000000013c103=0x5
                        0x603000000013c512=0xffffffffffffffff
                        0x603000000013c713
                        0x6030000000140000
                        0x6030000000160003
                        """);
        assertThat(reading.normalisation().droppedCore()).isEqualTo(1);
        assertThat(reading.normalisation().droppedSve()).isEqualTo(1);
    }

    @Test
    void everyFieldIsUnderstood() {
        CaptureReading reading = one("""
                {"kernelRelease": "6.18.15+deb13-arm64", "package": "Debian linux 6.18.15-1", "cpuModel": "neoverse-v1",
                 "midr": "0x00000000411fd401", "accelerator": "kvm", "qemuVersion": "11.1.3", "qemu": "11.1.3",
                 "machineType": "virt-11.1", "vcpuFeatureSet": "qemu-host", "vcpuFeatures": ["psci-0.2"],
                 "source": "by hand", "hardwareNv": 2, "kvmCapabilities": {"KVM_CAP_ARM_MTE": 0},
                 "writableMasks": [["0x603000000013c020", "0xff0fff0f"]], "somethingElse": 1, "nothing": null,
                 "registers": ["0x603000000013c103"]}
                """);
        assertThat(reading.host().get(Fact.QEMU)).hasToString("11.1.3");
        assertThat(reading.host().get(Fact.MACHINE_TYPE)).isEqualTo("virt-11.1");
        assertThat(reading.host().get(Fact.HARDWARE_NV)).isEqualTo(2);
        assertThat(reading.host().get(Fact.MASKS).of(RegisterId.parse("0x603000000013c020")))
                .isEqualTo(0xff0fff0fL);
        assertThat(reading.remarks()).containsExactly("The field /somethingElse is not known and was ignored.");
    }

    @Test
    void anArrayOfDocumentsGivesAReadingEach() {
        List<CaptureReading> readings = CaptureJsonReader.read(
                "[{\"registers\": [\"TCR2_EL1\"]}, {\"registers\": [\"PIR_EL1\"]}]".getBytes(StandardCharsets.UTF_8));
        assertThat(readings)
                .extracting(reading -> reading.registers().registerAt(0).name())
                .containsExactly("TCR2_EL1", "PIR_EL1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"registers\": [\"TCR2_EL1\"]}\n{\"registers\": [\"PIR_EL1\"]}\n",
                "[{\"registers\": [\"TCR2_EL1\"]}]\n[{\"registers\": [\"PIR_EL1\"]}]",
                "{\"registers\": [\"TCR2_EL1\"]}[{\"registers\": [\"PIR_EL1\"]}]",
            })
    void documentsThatStandOneAfterTheOtherAreAllRead(String json) {
        assertThat(CaptureJsonReader.read(json.getBytes(StandardCharsets.UTF_8)))
                .extracting(reading -> reading.registers().registerAt(0).name())
                .containsExactly("TCR2_EL1", "PIR_EL1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | (the document) has no field registers",
                "[] | the JSON holds no documents",
                "7 | must be an object with registers, but is the number 7",
                "{\"registers\": null} | /registers must be an array of registers",
                "{\"registers\": []} | /registers holds no register that QEMU migrates",
                "{\"registers\": [[\"TCR2_EL1\"]]} | /registers/0 has 1 elements: write [id, value]",
                "{\"registers\": [[\"TCR2\", \"0x0\"]]} | /registers/0/0 is refused: 'TCR2' is not a register ID",
                "{\"registers\": [[\"TCR2_EL1\", \"x\"]]} | /registers/0/1 is refused: 'x' is not a register value",
                "{\"registers\": [[\"TCR2_EL1\", -1]]} | /registers/0/1 is the number -1, which does not fit",
                "{\"registers\": [[\"TCR2_EL1\", 1.5]]} | /registers/0/1 must be a text such as",
                "{\"registers\": [[\"TCR2_EL1\", 18446744073709551616]]} | /registers/0/1 is the number 18446744073709551616",
                "{\"registers\": [{\"value\": 1}]} | /registers/0 has no field id",
                "{\"registers\": [{\"id\": \"TCR2_EL1\", \"x\": 1}]} | /registers/0 has a field 'x'",
                "{\"registers\": [[\"TCR2_EL1\", 1], [\"TCR2_EL1\", 2]]} | /registers/1/1 gives 0x603000000013c103 (TCR2_EL1)",
                "{\"registers\": [\"0x603000000013c103\", \"0x1\"]} | /registers/1 is refused: 0x0000000000000001 is no register",
                "{\"registers\": [\"TCR2_EL1\"], \"midr\": \"0x1ffffffff\"} | /midr is refused",
                "{\"registers\": [\"TCR2_EL1\"], \"accelerator\": \"hvf\"} | /accelerator is refused: 'hvf' is not an accelerator",
                "{\"registers\": [\"TCR2_EL1\"], \"hardwareNv\": 16} | /hardwareNv is 16, which must be 0 to 15",
                "{\"registers\": [\"TCR2_EL1\"], \"kernelRelease\": 6} | /kernelRelease must be a text, but is the number 6",
                "{\"registers\": [\"TCR2_EL1\"], \"kernelRelease\": \"six\"} | /kernelRelease is refused",
                "{\"registers\": [\"TCR2_EL1\"], \"qemu\": \"10.0\", \"qemuVersion\": \"11.0\"} | are one field",
                "{\"registers\": [\"TCR2_EL1\"], \"writableMasks\": [[1]]} | /writableMasks/0 must be [id, mask]",
                "{\"registers\": [\"TCR2_EL1\"]} {\"registers\": 1} | (document 2)/registers must be an array",
                "[{\"registers\": [\"TCR2_EL1\"]}, {\"a/b~\": 1, \"registers\": 1}] | /1/registers must be an array",
                "{\"registers\": [\"TCR2_EL1\"] | malformed JSON",
                "{\"registers\": [\"TCR2_EL1\"]} x | malformed JSON",
                "{\"registers\": [\"TCR2_EL1\"], \"registers\": []} | malformed JSON",
            })
    void whatIsWrongIsNamedByItsPointer(String json, String message) {
        assertThatExceptionOfType(UnreadableCaptureException.class)
                .isThrownBy(() -> one(json))
                .withMessageContaining(message);
    }

    @Test
    void nestingWithoutEndIsRefused() {
        assertThatExceptionOfType(UnreadableCaptureException.class)
                .isThrownBy(() -> one("[".repeat(100_000)))
                .withMessageContaining("malformed JSON");
    }
}
