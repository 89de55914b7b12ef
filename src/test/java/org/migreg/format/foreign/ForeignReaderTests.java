package org.migreg.format.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.migreg.capture.UnreadableCaptureException;
import org.migreg.format.CaptureFormats;
import org.migreg.format.reading.Input;

class ForeignReaderTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            x86-msrs.txt                    | this is of an x86 machine
            x86-cpuid.txt                   | this is of an x86 machine
            x86-kvm.txt                     | this is of an x86 machine
            riscv-kvm.txt                   | is a register ID of KVM on riscv
            cloud-hypervisor-state.json     | this is Cloud Hypervisor's state of a guest (state.json)
            cloud-hypervisor-x86-state.json | this is Cloud Hypervisor's state of an x86 guest
            """)
    void whatIsNoListOfAnArm64HostIsCalledByItsName(String file, String name) throws IOException {
        byte[] content = Files.readAllBytes(Path.of("src/test/resources/foreign", file));
        assertThatExceptionOfType(UnreadableCaptureException.class)
                .isThrownBy(() -> CaptureFormats.open(new ByteArrayInputStream(content)))
                .withMessageContaining(name)
                .withMessageContaining("arm64");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MSR_EFER 0xc0000080 0xd01",
                "EAX=00000000 EBX=00000000 ECX=00000000 EDX=000206d7",
                "vendor_id\t: GenuineIntel",
                "{\"registers\": [\"0x2030000000020174\"]}",
                "{\"registers\": [[\"0x174\", \"0x0\"], [\"0xc0000080\", \"0xd01\"]]}",
                "{\"guest_cpu_config\": {\"cpuid_modifiers\": [], \"msr_modifiers\": []}}"
            })
    void otherFormsOfX86AreToldToo(String text) {
        assertThatExceptionOfType(UnreadableCaptureException.class)
                .isThrownBy(() -> CaptureFormats.open(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))))
                .withMessageContaining("x86");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "174. TCR2_EL1\n175. PIR_EL1\n176. PIRE0_EL1\n",
                "0x603000000013c103 0x174\n0x603000000013c512 0x175\n",
                "op0:3 op1:0 crn:2 crm:0 op2:3 = 0x174",
                "what do eax and MSRs have to do with it",
                ""
            })
    void anArm64HostsListIsNotTakenForAnother(String text) throws IOException {
        assertThat(new ForeignReader()
                        .recognises(Input.of(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                                .head()))
                .isFalse();
    }
}
