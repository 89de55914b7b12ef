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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.migreg.evaluation.FailedStage;
import org.migreg.format.qemulog.LogContext;
import org.migreg.format.qemulog.QemuLogReader;
import org.migreg.hostkernel.KernelRelease;
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
        return Diagnosis.of(
                QemuLogReader.loads(log), PolicyTable.empty(), null, null, null, List.of(), RecordedHosts.NONE);
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
        assertThat(only(gem5, "0x603000000013808c").role()).isEqualTo(RegisterRole.REFUSED_TO_ANOTHER_MONITOR);
        assertThat(gem5.stages()).isEmpty();
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

    private static void isNoRegister(Diagnosis diagnosis, String... inTheHeadline) {
        assertThat(diagnosis.stages()).as(diagnosis.toString()).isEmpty();
        assertThat(diagnosis.registers()).isEmpty();
        assertThat(diagnosis.cures()).isEmpty();
        assertThat(List.of(inTheHeadline))
                .allSatisfy(part -> assertThat(diagnosis.summary().getFirst()).contains(part));
        assertThat(diagnosis.toString()).doesNotContain("Compare the captures", "Either a register");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/usr/bin/kvm -machine pc-q35-8.2,usb=off -incoming defer | x86_64",
                "/usr/libexec/qemu-kvm -cpu Cascadelake-Server,vmx=on -incoming defer | x86_64",
                "qemu-kvm -M microvm,x-option-roms=off | x86_64",
                "qemu version: 9.1.0qemu-kvm-9.1.0-15.el9, kernel: 5.14.0-570.el9.x86_64, hostname: h1 | x86_64",
                "kernel 5.14.0-570.el9.s390x on both hosts | s390x",
                "kernel 5.14.0-570.el9.ppc64le on both hosts | ppc64",
                "EAX=00000000 EBX=00010000 ECX=000000f0 EDX=f4b9e080 | x86_64",
                "/usr/bin/qemu-system-loongarch64 -M virt | loongarch64"
            })
    void anArchitectureIsToldByWhateverNamesIt(String line, String architecture) {
        isNoRegister(diagnosis(line + """

                        qemu-kvm: Failed to put registers after init: Invalid argument
                        qemu-kvm: error while loading state for instance 0x0 of device 'cpu'
                        qemu-kvm: load of migration failed: Invalid argument
                        """), architecture, "not of an Arm guest");
    }

    @Test
    void anArmGuestOnAHostOfAnotherArchitectureIsAnArmGuest() {
        Diagnosis emulated = diagnosis("""
                qemu version: 9.1.0, kernel: 5.14.0-570.el9.x86_64, hostname: h1
                qemu-system-aarch64: Invalid value 258 expecting positive value <= 241
                qemu-system-aarch64: Failed to load cpu:cpreg_vmstate_array_len
                """);
        assertThat(emulated.stages()).containsExactly(FailedStage.LENGTH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "qemu-system-aarch64: kvm_init_vcpu: kvm_arch_init_vcpu failed (0): Invalid argument",
                "qemu-system-aarch64: kvm_init_vcpu failed: Invalid argument",
                "[    0.001399][    T1] psci: failed to boot CPU1 (-22)"
            })
    void aVcpuThatIsNotStartedMayBeOnTwoKindsOfCore(String line) {
        Diagnosis diagnosis = diagnosis(line);
        isNoRegister(diagnosis, "KVM did not set a vCPU up");
        assertThat(diagnosis.suggested().toString()).contains("two kinds of core");
        assertThat(diagnosis.next().getFirst()).contains("vcpupin");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "system register op0:3 op1:0 crn:0 crm:4 op2:0 to 1100000011111112 (is 11112222)",
                "demuxed reg 6020000000110002 to 701fe03a (is 703fe07a)",
                "op0:3 op1:3 crn:0 crm:0 op2:1 to 84448004 (is 9444c004)"
            })
    void whateverACoreGivesDiffersAtAPlainStartByTheKindOfCore(String refused) {
        Diagnosis diagnosis = diagnosis("qemu-system-aarch64: Could not set register " + refused + """

                qemu-system-aarch64: Failed to put registers after init: Invalid argument
                error: Failed to start domain 'g1'
                """);
        assertThat(diagnosis.summary().getFirst()).startsWith("The guest was not started");
        assertThat(diagnosis.suggested().toString()).contains("This host has two kinds of core");
        assertThat(diagnosis.toString()).doesNotContain("source's processor", "Compare the captures");
    }

    @Test
    void aSubsectionOfAnotherDeviceIsNoFeatureOfTheCpu() {
        Diagnosis diagnosis = diagnosis("""
                qemu-kvm: VM subsection 'arm_gicv3/gicd_no_migration_shift_bug' in 'arm_gicv3' does not exist
                qemu-kvm: error while loading state for instance 0x0 of device 'arm_gicv3'
                qemu-kvm: load of migration failed: No such file or directory
                """);
        isNoRegister(diagnosis, "arm_gicv3/gicd_no_migration_shift_bug");
        assertThat(diagnosis.toString()).doesNotContain("feature of the CPU");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Unknown section type 8",
                "Unknown combination of migration flags: 0x7f",
                "Mismatched section id in footer for pl011 - read 0x10 expected 0x12",
                "Configuration section missing",
                "Not a migration stream",
                "Unsupported migration stream version",
                "Capability X-ignore-shared is off, but received capability is on",
                "Mismatched RAM page size mach-virt.ram (local) 4096 != 65536",
                "Migration disabled: VFIO device doesn't support migration",
                "Live migration disabled because KVM nested virt is enabled",
                "State blocked by non-migratable device '0000:00:02.0/9pfs'",
                "Property 'host-arm-cpu.sve1024' not found",
                "'sve' feature not supported by KVM on this host",
                "unable to find CPU model 'neoverse-v9'",
                "the CPU cannot be compared: cannot get host CPU capabilities",
                "unsupported configuration: 'host-model' CPU mode for aarch64 guest is not supported by hypervisor",
                "internal error: unknown CPU model neoverse-v1",
                "KVM_GET_DEVICE_ATTR failed: Group 6 attr 0x000000000000c664: No such device or address"
            })
    void whateverElseFailsIsQuoted(String message) {
        Diagnosis diagnosis =
                diagnosis("qemu-kvm: " + message + "\nqemu-kvm: load of migration failed: Invalid argument");
        isNoRegister(diagnosis);
        assertThat(diagnosis.understood()).isTrue();
        assertThat(diagnosis.summary().toString()).doesNotContain("shows no failure");
        assertThat(diagnosis.next()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[anonymous-instance:main] RestoreVcpusError(SetOneReg(6931039826524487738, Error(22))) | Firecracker | 0x603000000013c03a",
                "Failed to set aarch64 register 0x603000000013c03a: Invalid argument (os error 22); firecracker v1.9 | Firecracker | 0x603000000013c03a",
                "cloud-hypervisor: 12.3s: <vcpu0> ERROR: Error setting system register: Invalid argument (os error 22) | Cloud Hypervisor |",
                "Could not get vCPU state GetAarchCoreRegister(Invalid argument (os error 22)) | Cloud Hypervisor |",
                "crosvm: failed to set register 0x603000000013c03a: Invalid argument (os error 22) | crosvm | 0x603000000013c03a",
                "src/cpu/kvm/device.cc:96: panic: Failed to set attribute (group: 3, attr: 0, errno: 22) | gem5 |",
                "src/arch/arm/kvm/base_cpu.cc:230: panic: KVM: Failed to get register (0x603000000013808c) value (errno: 2) | gem5 |"
                        + " 0x603000000013808c",
                "Error: KVM_SET_ONE_REG failed (0x603000000013c03a): Invalid argument | kvmtool | 0x603000000013c03a",
                "Failed to restore vcpu: failed to set register 0x603000000013c03a: Error(22) | A program, not QEMU | 0x603000000013c03a"
            })
    void aRegisterThatIsRefusedToAnotherMonitorIsNoLoadOfQemus(String line, String monitor, String register) {
        Diagnosis diagnosis = diagnosis(line);
        assertThat(diagnosis.stages()).isEmpty();
        assertThat(diagnosis.behaviours()).isEmpty();
        assertThat(diagnosis.cures()).isEmpty();
        assertThat(diagnosis.summary().getFirst()).contains(monitor, "not QEMU");
        if (register != null) {
            assertThat(only(diagnosis, register).role()).isEqualTo(RegisterRole.REFUSED_TO_ANOTHER_MONITOR);
        }
    }

    @Test
    void registersOfOtherDevicesAreNone() {
        isNoRegister(diagnosis("camera 1-0010: Could not set register 0x3000 to 1 (is 0)"));
    }

    @Test
    void aPsciVersionThatIsNotNewerIsNotSaidToBe() {
        assertThat(diagnosis("qemu-kvm: Could not set register fw reg 0 to 2 (is 10003)")
                        .toString())
                .doesNotContain("a newer PSCI");
    }

    @Test
    void theHostThatWroteTheLogIsLookedUp() {
        String log =
                "Nov 02 08:15:42 host-a virtqemud[1]: qemu-kvm: Invalid value 269 expecting positive value <= 267\n";
        Diagnosis diagnosis = Diagnosis.of(
                QemuLogReader.loads(log),
                PolicyTable.empty(),
                null,
                null,
                null,
                List.of(),
                name -> name.equals("host-a") ? KernelRelease.parse("6.16.12+deb13-arm64") : null);
        assertThat(diagnosis.suggested().toString()).contains("host-a", "6.16.12+deb13-arm64", "uname -r");
        assertThat(diagnosis.proved().toString()).contains("No two known captures to 6.16.12+deb13-arm64");
    }

    @Test
    void whatIsNotUnderstoodIsSaidToBe() {
        assertThat(diagnosis("qemu-kvm: something new happened").understood()).isFalse();
        assertThat(diagnosis("qemu-kvm: load of migration failed: Invalid argument")
                        .understood())
                .isFalse();
        assertThat(diagnosis(
                                "handle_cpreg_only_in_incoming_stream: some new reg 7 in the incoming stream but unknown on the"
                                        + " destination: fail migration\nerror while loading state for instance 0x0 of device 'cpu'")
                        .understood())
                .isFalse();
        assertThat(field("rotated.log.gz").understood()).isTrue();
        assertThat(field("section-footer.log").understood()).isTrue();
    }

    @TestFactory
    Stream<DynamicTest> twoSentencesStandOnTop() {
        return Stream.of(
                        "wrapped-length-quoted.txt",
                        "cut-at-80.txt",
                        "section-footer.log",
                        "other-architecture-ppc64.log",
                        "subsection-not-found.log",
                        "gicv2-restore.log",
                        "guest-log-two-attempts.log",
                        "gem5-set-register.log",
                        "start-one-host-named.log")
                .map(file -> DynamicTest.dynamicTest(
                        file,
                        () -> assertThat(field(file).summary())
                                .hasSize(2)
                                .allSatisfy(sentence ->
                                        assertThat(sentence).endsWith(".").doesNotContainPattern("[.] [A-Z]"))));
    }

    @Test
    void theCommandLineIsReadInWhateverQuotes() {
        String failed = "\nqemu-kvm: Invalid value 258 expecting positive value <= 241\n";
        for (String line : List.of(
                "'/usr/bin/qemu-system-aarch64' '-machine' 'virt-9.2,accel=kvm' '-cpu' 'host' '-incoming' 'defer'",
                "[\"qemu-system-aarch64\", \"-machine\", \"virt-9.2\", \"-cpu\", \"host\", \"-incoming\", \"defer\"]",
                "qemu-system-aarch64 -machine type=virt-9.2 -cpu host -incoming tcp:0:4444")) {
            LogContext log = diagnosis(line + failed).log();
            assertThat(log.machineType()).as(line).isEqualTo("virt-9.2");
            assertThat(log.cpu()).as(line).isEqualTo("host");
            assertThat(log.start()).isEqualTo(LogContext.Start.INCOMING);
        }
        assertThat(diagnosis(
                                "starting up libvirt version: 10.10.0, qemu version: 9.1.0, kernel: 6.12.1, hostname: host-a\n"
                                        + "/usr/bin/qemu-system-aarch64 -M virt-9.2" + failed)
                        .log()
                        .host())
                .isEqualTo("host-a");
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
        assertThat(tests).hasSizeGreaterThanOrEqualTo(45);
        return tests.stream();
    }
}
