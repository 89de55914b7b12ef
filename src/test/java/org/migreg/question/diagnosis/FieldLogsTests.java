package org.migreg.question.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.migreg.evaluation.FailedStage;
import org.migreg.format.qemulog.LogContext;
import org.migreg.format.qemulog.QemuLogReader;
import org.migreg.policy.PolicyTable;
import org.migreg.register.RegisterId;

/** Logs in the forms and of the causes that people have: the cause is named, and what is guessed is said to be. */
class FieldLogsTests {

    private static byte[] file(String name) {
        try (InputStream file = FieldLogsTests.class.getResourceAsStream("/logs/" + name)) {
            return file.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Diagnosis field(String name) {
        try {
            return diagnosis(QemuLogReader.text(new ByteArrayInputStream(file("field/" + name))));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Diagnosis diagnosis(String log) {
        return Diagnosis.of(QemuLogReader.loads(log), PolicyTable.empty(), null, null, null, List.of());
    }

    private static InvolvedRegister only(Diagnosis diagnosis, String register) {
        return diagnosis.registers().stream()
                .filter(one -> one.register().equals(RegisterId.parse(register)))
                .findFirst()
                .orElseThrow();
    }

    private static void failedByLength(String file, String incoming, String bound) {
        Diagnosis diagnosis = field(file);
        assertThat(diagnosis.stages()).containsExactly(FailedStage.LENGTH);
        assertThat(diagnosis.proved().getFirst()).contains(incoming, bound);
        assertThat(diagnosis.summary()).hasSize(2).first().asString().contains(incoming, bound);
    }

    @Test
    void lengthsAreReadInWhateverForm() {
        failedByLength("wrapped-length-quoted.txt", "233", "232");
        failedByLength("copied-from-web-nbsp.log", "258", "241");
        failedByLength("virsh-entities.log", "258", "241");
        failedByLength("trace-noise-tcg.log", "266", "223");
        failedByLength("rotated.log.gz", "258", "241");
    }

    @Test
    void kernelsThatTheTextNamesAreTakenForTheSides() {
        LogContext log = field("wrapped-length-quoted.txt").log();
        assertThat(log.sourceKernel()).isEqualTo("4.18.0-80.11.el8");
        assertThat(log.destinationKernel()).isEqualTo("4.18.0-147.5.el8");
    }

    @Test
    void libvirtsHeaderTellsTheHost() {
        LogContext log = field("rotated.log.gz").log();
        assertThat(log.kernelRelease()).isEqualTo("5.14.0-570.el9.aarch64");
        assertThat(log.machineType()).isEqualTo("virt-rhel9.4.0");
        assertThat(log.qemuVersion()).isEqualTo("9.1.0");
        assertThat(log.start()).isEqualTo(LogContext.Start.INCOMING);
        assertThat(field("rotated.log.gz").proved().toString()).contains("started again after this");
    }

    @Test
    void linesCutInsideWordsArePutTogether() {
        Diagnosis diagnosis = field("cut-at-80.txt");
        assertThat(only(diagnosis, "0x602000000011000d").role()).isEqualTo(RegisterRole.FATAL);
        assertThat(only(diagnosis, "0x603000000013df01").role()).isEqualTo(RegisterRole.FATAL);
        assertThat(diagnosis.toString()).doesNotContain("this QEMU says neither");
    }

    @Test
    void loadsOfOneTextAreDiagnosedEachForItself() {
        Diagnosis last = field("guest-log-two-attempts.log");
        assertThat(last.stages()).containsExactly(FailedStage.REGISTER);
        assertThat(only(last, "0x6030000000160003").role()).isEqualTo(RegisterRole.FATAL);
        assertThat(last.log().kernelRelease()).isEqualTo("6.12.0-211.el10.aarch64");
        assertThat(last.earlier()).hasSize(1);
        assertThat(last.earlier().getFirst().stages()).containsExactly(FailedStage.LENGTH);
        assertThat(last.earlier().getFirst().log().kernelRelease()).isEqualTo("5.14.0-570.el9.aarch64");
    }

    @Test
    void otherCausesAreNamed() {
        Diagnosis footer = field("section-footer.log");
        assertThat(footer.stages()).isEmpty();
        assertThat(footer.proved().getFirst()).contains("0000:00:01.3/piix4_pm");
        assertThat(footer.toString()).doesNotContain("no line says");

        Diagnosis subsection = field("subsection-not-found.log");
        assertThat(subsection.stages()).isEmpty();
        assertThat(subsection.behaviours()).isEmpty();
        assertThat(subsection.proved().getFirst())
                .contains("cpu/fpmr", "alone explains the failure", "No such file or directory");
        assertThat(subsection.toString()).doesNotContain("Compare the captures");

        Diagnosis power = field("other-architecture-ppc64.log");
        assertThat(power.stages()).isEmpty();
        assertThat(power.summary().getFirst()).contains("qemu-system-ppc64", "not of an Arm guest");
    }

    @Test
    void aFieldThatIsLowerIsNoFeatureThatTheDestinationCannotGive() {
        Diagnosis diagnosis = field("gicv2-restore.log");
        InvolvedRegister register = only(diagnosis, "0x603000000013c009");
        assertThat(register.role()).isEqualTo(RegisterRole.VALUE_REFUSED);
        assertThat(register.incoming()).isEqualTo(0x11011L);
        assertThat(register.current()).isEqualTo(0x10011011L);
        assertThat(register.sentence()).contains("[31:28] (0, here 1: the lower one)");
        assertThat(register.suggestion().sentence()).contains("GICv2", "6.12");
        assertThat(diagnosis.toString()).doesNotContain("a feature that the destination cannot give");
    }

    @Test
    void aStartOnTwoKindsOfCoreIsNotSaidToBeAMove() {
        Diagnosis diagnosis = field("start-one-host-named.log");
        assertThat(diagnosis.summary().getFirst()).startsWith("The guest was not started");
        assertThat(diagnosis.suggested().toString())
                .contains("This host has two kinds of core", "Arm Cortex-A55 r2p0 and Arm Cortex-A76 r4p0");
        assertThat(diagnosis.next().toString()).contains("vcpupin");
        assertThat(diagnosis.toString()).doesNotContain("both hosts have", "hosts have different processors");

        Diagnosis bare = diagnosis("""
                kvm: Failed to put registers after init: Invalid argument
                TASK ERROR: start failed: QEMU exited with code 1
                """);
        assertThat(bare.suggested().toString()).contains("two kinds of core");
        Diagnosis untold = diagnosis(
                "qemu-system-aarch64: Could not set register op0:3 op1:0 crn:0 crm:0 op2:0 to 412fd050 (is 414fd0b0)\n");
        assertThat(untold.suggested().toString()).contains("If a guest was being started", "If one was being loaded");
        assertThat(untold.proved().toString()).doesNotContain("different processor");
    }

    @Test
    void otherMonitorsAreNamedWithTheRegister() {
        Diagnosis gem5 = field("gem5-set-register.log");
        assertThat(gem5.proved().getFirst()).contains("gem5", "0x603000000013808c", "OSLSR_EL1");
        assertThat(only(gem5, "0x603000000013808c").role()).isEqualTo(RegisterRole.VALUE_REFUSED);
        assertThat(gem5.cures()).isEmpty();
        Diagnosis firecracker =
                diagnosis("2025-01-01T00:00:00 [anonymous-instance:main] Failed to restore vCPU: Failed to set"
                        + " register 0x603000000013c03a: Invalid argument (os error 22)");
        assertThat(firecracker.proved().getFirst()).contains("Firecracker", "0x603000000013c03a");
        assertThat(diagnosis("cloud-hypervisor: 1.2s: <vmm> ERROR: Error restoring VM: Failed to set system register:"
                                + " Invalid argument (os error 22)")
                        .proved()
                        .getFirst())
                .contains("Cloud Hypervisor");
    }

    @Test
    void whatKvmRefusesOfTheGicIsNamed() {
        Diagnosis diagnosis = diagnosis("""
                qemu-system-aarch64: KVM_SET_DEVICE_ATTR failed: Group 6 attr 0x000000000000c664: Invalid argument
                qemu-system-aarch64: error while loading state for instance 0x0 of device 'arm_gicv3'
                qemu-system-aarch64: load of migration failed: Invalid argument
                """);
        assertThat(diagnosis.stages()).isEmpty();
        assertThat(diagnosis.proved().getFirst()).contains("GIC", "0x000000000000c664", "Invalid argument");
        assertThat(diagnosis.cures()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"host-a", "virt-10.1", "6.12.0-211.el10.aarch64"})
    void theCommandLineAndTheJournalAreRead(String told) {
        Diagnosis diagnosis = diagnosis("""
                Nov 02 08:15:42 host-a virtqemud[123]: 2026-11-02T08:15:42.1Z qemu-kvm: Invalid value 258 expecting positive value <= 241
                the destination runs 6.12.0-211.el10.aarch64: /usr/libexec/qemu-kvm -M type=virt-10.1 -cpu host -incoming tcp:0:1
                """);
        assertThat(diagnosis.log().toString()).contains(told);
    }

    @TestFactory
    Stream<DynamicTest> noLogOfAnotherProgramOrArchitectureIsDiagnosedAsARegister() {
        List<DynamicTest> tests = new ArrayList<>();
        for (String block : new String(file("other-programs.txt"), StandardCharsets.UTF_8).split("### ", -1)) {
            if (!block.isBlank()) {
                String name = block.lines().findFirst().orElseThrow();
                tests.add(DynamicTest.dynamicTest(name, () -> {
                    Diagnosis diagnosis = diagnosis(block.substring(name.length()));
                    assertThat(diagnosis.stages()).isEmpty();
                    assertThat(diagnosis.registers()).isEmpty();
                    assertThat(diagnosis.cures()).isEmpty();
                    assertThat(diagnosis.summary()).isNotEmpty();
                }));
            }
        }
        System.out.println("logs of other programs and architectures: " + tests.size());
        assertThat(tests).hasSizeGreaterThanOrEqualTo(30);
        return tests.stream();
    }
}
