package org.migreg.question.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.migreg.capture.Capture;
import org.migreg.evaluation.FailedStage;
import org.migreg.evaluation.LoadBehaviour;
import org.migreg.evaluation.RecordedOutcomes;
import org.migreg.format.qemulog.QemuLogReader;
import org.migreg.hostkernel.KernelRange;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.policy.CompatProperty;
import org.migreg.policy.EntryContent;
import org.migreg.policy.PolicyEntry;
import org.migreg.policy.PolicyTable;
import org.migreg.qemu.Accelerator;
import org.migreg.qemu.MachineType;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterList;
import tools.jackson.databind.JsonNode;

class DiagnosisTests {

    private static final List<String> KERNELS = List.of(
            "6.1.0-50-arm64",
            "6.12.107+deb13-arm64",
            "6.16.12+deb13-arm64",
            "6.18.15+deb13-arm64",
            "7.3.4+deb13-arm64");
    private static final Pattern HEADER = Pattern.compile(
            "### (\\S+) \\(QEMU (\\S+)\\) -> (\\S+) \\(QEMU (\\S+)\\), (\\S+), -cpu host on (\\S+): fail");

    private static final RegisterId TCR2_EL1 = RegisterId.parse("0x603000000013c103");
    private static final RegisterId BITMAP = RegisterId.parse("0x6030000000160003");
    private static final RegisterId PMMIR_EL1 = RegisterId.parse("0x603000000013c4f6");

    private static Capture seed(String kernel, String cpuModel) {
        JsonNode node = RecordedOutcomes.capture(kernel + "__" + cpuModel + "__qemu-host");
        return new Capture(
                RecordedOutcomes.registers(node.get("registers")),
                KernelRelease.parse(kernel),
                null,
                cpuModel,
                null,
                Accelerator.KVM,
                null,
                null,
                "qemu-host",
                List.of(),
                null,
                null,
                "",
                null);
    }

    private static List<Capture> seeds(String cpuModel) {
        return KERNELS.stream().map(kernel -> seed(kernel, cpuModel)).toList();
    }

    private static Diagnosis diagnosis(String log, PolicyTable table, String source, String destination) {
        return Diagnosis.of(
                QemuLogReader.read(log),
                table,
                "virt-10.1",
                source == null ? null : KernelRelease.parse(source),
                destination == null ? null : KernelRelease.parse(destination),
                seeds("neoverse-n1"));
    }

    private static String extra(String register) {
        return "qemu-system-aarch64: handle_cpreg_only_in_incoming_stream: " + register
                + " in the incoming stream but unknown on the destination: fail migration\n"
                + "load of migration failed: Invalid argument: error while loading state for instance 0x0 of device 'cpu':"
                + " post load hook failed for: cpu, version_id: 22, minimum_version: 22, ret: -1\n";
    }

    /** QEMU 11.1 ignores it while 0: refused, the guest has it; and 11.0, which refuses all, names registers as 11.1. */
    @Test
    void aBitmapThatQemu111RefusesIsNotCuredByHidingIt() {
        String bitmap = extra("fw feat reg 3");
        Diagnosis either = diagnosis(bitmap, PolicyTable.empty(), "7.3.4+deb13-arm64", "6.12.107+deb13-arm64");
        assertThat(told(either.registers().getFirst()))
                .contains(
                        "If the destination runs QEMU 11.1",
                        "hiding the register",
                        "is no cure",
                        "under a named model");
        assertThat(either.cures())
                .isNotEmpty()
                .allSatisfy(cure ->
                        assertThat(cure.content().condition()).hasToString("value & 0xffffffffffffffff == 0x0"));
        Diagnosis surely = diagnosis(
                "tolerate_cpreg_only_in_incoming_stream system register op0:3 op1:0 crn:2 crm:0 op2:3 is in incoming stream but"
                        + " not on destination but this is explicitly tolerated\n" + bitmap,
                PolicyTable.empty(),
                "7.3.4+deb13-arm64",
                "6.12.107+deb13-arm64");
        assertThat(surely.cures()).isEmpty();
        assertThat(surely.proved().toString() + surely.registers()).contains("is no cure");
    }

    private static String told(InvolvedRegister register) {
        return register.sentence() + " " + register.suggestion() + " " + register.next();
    }

    private static PolicyTable tableWith(CompatProperty property, RegisterId register, String kernels) {
        return PolicyTable.of(
                List.of(
                        new MachineType("virt-10.2", "aarch64", null, ""),
                        new MachineType("virt-10.1", "aarch64", "virt-10.2", "")),
                List.of(new PolicyEntry(
                        7,
                        new EntryContent("virt-10.2", property, register, KernelRange.parse(kernels), null, "known"))));
    }

    private static Set<RegisterId> registers(Diagnosis diagnosis, RegisterRole... roles) {
        Set<RegisterRole> wanted = Set.of(roles);
        return diagnosis.registers().stream()
                .filter(register -> wanted.contains(register.role()))
                .map(InvolvedRegister::register)
                .collect(Collectors.toSet());
    }

    @TestFactory
    Stream<DynamicTest> everySampleLogIsDiagnosedAsTheCapturesOfItsHostsSay() {
        List<DynamicTest> tests = new ArrayList<>();
        for (String block : logs().split("(?=### )", -1)) {
            Matcher header = HEADER.matcher(block);
            if (header.find()) {
                tests.add(DynamicTest.dynamicTest(
                        tests.size() + " " + header.group(), () -> diagnosedRightly(header, block)));
            }
        }
        assertThat(tests).hasSizeGreaterThan(8);
        return tests.stream();
    }

    private static void diagnosedRightly(Matcher header, String block) {
        Capture source = seed(header.group(1), header.group(6));
        Capture destination = seed(header.group(3), header.group(6));
        Diagnosis diagnosis = Diagnosis.of(
                QemuLogReader.read(block),
                PolicyTable.empty(),
                header.group(5),
                source.kernel(),
                destination.kernel(),
                seeds(header.group(6)));
        Set<RegisterId> extra = new HashSet<>(source.registers().ids());
        extra.removeAll(destination.registers().ids());
        if (header.group(4).startsWith("10.")) {
            assertThat(diagnosis.behaviours()).containsExactly(new LoadBehaviour.LengthChecked());
            assertThat(diagnosis.stages()).containsExactly(FailedStage.LENGTH);
            assertThat(diagnosis.registers()).isEmpty();
            assertThat(diagnosis.cures()).isEmpty();
            assertThat(diagnosis.lengthExplanations()).hasSize(1);
            LengthExplanation pair = diagnosis.lengthExplanations().getFirst();
            assertThat(pair.source()).isEqualTo(source);
            assertThat(pair.destination()).isEqualTo(destination);
            assertThat(pair.extra()).containsExactlyInAnyOrderElementsOf(extra);
            return;
        }
        assertThat(diagnosis.behaviours()).containsExactly(new LoadBehaviour.Tolerances(false));
        assertThat(diagnosis.accelerator()).isEqualTo(Accelerator.KVM);
        // The highest extra register is a tolerated one in these, or the log would end with the list.
        assertThat(registers(diagnosis, RegisterRole.FATAL, RegisterRole.TOLERATED))
                .isEqualTo(extra);
        for (InvolvedRegister register : diagnosis.registers()) {
            if (register.role() == RegisterRole.VALUE_REFUSED) {
                assertThat(capturedValues(header.group(1), header.group(6), register.register()))
                        .contains(register.incoming());
                assertThat(capturedValues(header.group(3), header.group(6), register.register()))
                        .contains(register.current());
            }
        }
        boolean valuesNamed = block.contains("Could not set register");
        assertThat(diagnosis.stages()).containsExactly(valuesNamed ? FailedStage.VALUE : FailedStage.REGISTER);
        for (CuringEntry cure : diagnosis.cures()) {
            KernelRelease host =
                    cure.content().property() == CompatProperty.HIDDEN_REGS ? source.kernel() : destination.kernel();
            assertThat(cure.content().kernels().match(host))
                    .as(cure.toString())
                    .isInstanceOf(org.migreg.hostkernel.RangeMatch.Matches.class);
        }
    }

    /** The value with and without the PMU, since some of these guests ran with pmu=off. */
    private static Set<Long> capturedValues(String kernel, String cpuModel, RegisterId register) {
        Set<Long> values = new HashSet<>();
        for (String features : List.of("qemu-host", "psci")) {
            JsonNode node = RecordedOutcomes.capture(kernel + "__" + cpuModel + "__" + features);
            RecordedOutcomes.registers(node.get("registers")).valueOf(register).ifPresent(values::add);
        }
        return values;
    }

    /** QEMU prints every AArch32 register as a non-secure one under TCG: bit 29 of what it prints tells nothing. */
    private static Set<Long> withoutSecurity(Set<RegisterId> registers) {
        return registers.stream()
                .map(register -> register.bits() >>> 60 == 4 ? register.bits() & ~(1L << 29) : register.bits())
                .collect(Collectors.toSet());
    }

    @Test
    void everyRecordedLoadIsDiagnosedAtItsStageWithItsRegisters() {
        Map<String, RegisterList> lists = RecordedOutcomes.lists("qemu-register-lists");
        Map<String, Integer> checked = new HashMap<>();
        for (JsonNode row : RecordedOutcomes.rows("qemu-outcomes")) {
            List<String> messages = new ArrayList<>();
            row.get("messages").forEach(message -> messages.add(message.asString()));
            if (messages.isEmpty()) {
                continue;
            }
            String id = row.get("id").asString();
            Diagnosis diagnosis = Diagnosis.of(
                    QemuLogReader.read(String.join("\n", messages)), PolicyTable.empty(), null, null, null, List.of());
            Set<RegisterId> extra =
                    new HashSet<>(lists.get(row.get("source").asString()).ids());
            extra.removeAll(lists.get(row.get("destination").asString()).ids());
            row.get("destinationHidden").forEach(hidden -> extra.add(RegisterId.parseLenient(hidden.asString())));
            assertThat(withoutSecurity(extra))
                    .as(id)
                    .containsAll(withoutSecurity(registers(diagnosis, RegisterRole.FATAL, RegisterRole.TOLERATED)));
            // At most 12 messages were recorded, so a row that has them all may lack the failure itself.
            boolean whole = messages.size() < 12;
            if (whole && !row.get("failedAt").isNull()) {
                FailedStage stage = FailedStage.valueOf(row.get("failedAt").asString());
                assertThat(diagnosis.stages()).as(id + messages).contains(stage);
                checked.merge(stage.name() + " of " + diagnosis.stages().size(), 1, Integer::sum);
            } else if (whole) {
                boolean overwritten = !registers(diagnosis, RegisterRole.FATAL).isEmpty();
                assertThat(diagnosis.stages().isEmpty()).as(id + messages).isEqualTo(!overwritten);
                checked.merge(overwritten ? "loads though named fatal" : "loads", 1, Integer::sum);
                if (overwritten) {
                    assertThat(diagnosis.proved() + " " + diagnosis.suggested())
                            .as(id)
                            .contains("11.1.1 to 11.1.3");
                }
            }
        }
        assertThat(checked.get("LENGTH of 1")).isGreaterThan(1000);
        assertThat(checked)
                .containsKeys("REGISTER of 2", "VALUE of 1", "VALUE of 2", "loads", "loads though named fatal");
    }

    @Test
    void aRegisterThatTheNewerDestinationWithdrewIsMadeSafeMissingThere() {
        Diagnosis diagnosis = diagnosis(
                extra("system register op0:3 op1:0 crn:2 crm:0 op2:3"),
                PolicyTable.empty(),
                "6.12.107+deb13-arm64",
                "6.18.15+deb13-arm64");
        assertThat(diagnosis.stages()).containsExactly(FailedStage.REGISTER);
        CuringEntry cure = diagnosis.cures().getFirst();
        assertThat(cure.isAlternative()).isFalse();
        assertThat(cure.machineType()).isEqualTo("virt-10.1");
        assertThat(cure.content().property()).isEqualTo(CompatProperty.SAFE_MISSING_REGS);
        assertThat(cure.content().register()).isEqualTo(TCR2_EL1);
        assertThat(cure.content().kernels()).hasToString("debian/>=6.16");
        assertThat(cure.content().rationale())
                .startsWith("Kernel 6.12.107+deb13-arm64 lists TCR2_EL1, kernel 6.18.15+deb13-arm64 does not");
        CuringEntry other = diagnosis.cures().getLast();
        assertThat(other.isAlternative()).isTrue();
        assertThat(other.content().property()).isEqualTo(CompatProperty.HIDDEN_REGS);
        assertThat(other.content().kernels()).hasToString("debian/>=6.12|<6.16");
        assertThat(diagnosis.registers().getFirst().name()).isEqualTo("TCR2_EL1");
    }

    @Test
    void whatTheRefusalOfABitmapProvesDependsOnVersionAndCpuOfTheLog() {
        String started = "2026-11-29 10:00:00.000+0000: starting up libvirt version: 11.0.0, qemu version: 11.1.3,"
                + " kernel: 6.12.107+deb13-arm64, hostname: compute-2.example.org\nLC_ALL=C \\\n"
                + "/usr/bin/qemu-system-aarch64 -name guest=g -machine virt-10.1 -accel kvm -cpu %s -incoming defer\n"
                + extra("fw feat reg 3");
        Diagnosis host = diagnosis(
                started.formatted("host,migratable=on"),
                PolicyTable.empty(),
                "7.3.4+deb13-arm64",
                "6.12.107+deb13-arm64");
        assertThat(host.behaviours()).containsExactly(new LoadBehaviour.Tolerances(false));
        assertThat(host.cures()).isEmpty();
        assertThat(host.proved()).anyMatch(sentence -> sentence.contains("the guest was started with another value"));
        assertThat(host.summary()).anyMatch(sentence -> sentence.startsWith("Start the guest without it"));
        Diagnosis named = diagnosis(
                started.formatted("cortex-a57"), PolicyTable.empty(), "7.3.4+deb13-arm64", "6.12.107+deb13-arm64");
        assertThat(named.cures())
                .isNotEmpty()
                .allSatisfy(cure ->
                        assertThat(cure.content().condition()).hasToString("value & 0xffffffffffffffff == 0x0"));
        assertThat(named.toString()).doesNotContain("another value");
    }

    @Test
    void aBitmapThatTheOlderDestinationLacksIsHiddenWhereItIsExposed() {
        Diagnosis diagnosis =
                diagnosis(extra("fw feat reg 3"), PolicyTable.empty(), "6.18.15+deb13-arm64", "6.12.107+deb13-arm64");
        assertThat(diagnosis.cures())
                .extracting(
                        cure -> cure.content().property(),
                        cure -> cure.content().kernels().toString(),
                        CuringEntry::isAlternative)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(CompatProperty.HIDDEN_REGS, "debian/>=6.16", false),
                        org.assertj.core.groups.Tuple.tuple(CompatProperty.SAFE_MISSING_REGS, "debian/<6.16", true));
        assertThat(diagnosis.cures().getLast().content().condition().isMetBy(0)).isTrue();
        assertThat(diagnosis.cures().getFirst().content().register()).isEqualTo(BITMAP);
    }

    @Test
    void aRegisterThatTheOlderDestinationLacksIsMadeSafeMissingThere() {
        Diagnosis diagnosis = diagnosis(
                extra("system register op0:3 op1:0 crn:9 crm:14 op2:6"),
                PolicyTable.empty(),
                "7.3.4+deb13-arm64",
                "6.16.12+deb13-arm64");
        assertThat(diagnosis.cures().getFirst().content().register()).isEqualTo(PMMIR_EL1);
        assertThat(diagnosis.cures().getFirst().content().property()).isEqualTo(CompatProperty.SAFE_MISSING_REGS);
        assertThat(diagnosis.cures().getFirst().content().kernels()).hasToString("debian/<7.3");
    }

    @Test
    void underTcgTheHostKernelDoesNotMatter() {
        Diagnosis diagnosis = diagnosis(extra("system register 0x1013c103"), PolicyTable.empty(), null, null);
        assertThat(diagnosis.cures()).hasSize(1);
        assertThat(diagnosis.cures().getFirst().content().kernels()).isEqualTo(KernelRange.any());
    }

    @Test
    void anAarch32RegisterThatTcgPrintsMayBeEitherOfTwo() {
        Diagnosis diagnosis = diagnosis(extra("system register 0x200f0821"), PolicyTable.empty(), null, null);
        assertThat(diagnosis.cures())
                .extracting(cure -> cure.content().register().toString(), CuringEntry::isAlternative)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("0x40200000200f0821", false),
                        org.assertj.core.groups.Tuple.tuple("0x40200000000f0821", true));
        assertThat(diagnosis.cures().getLast().content().rationale())
                .contains("prints every AArch32 register as non-secure");
    }

    @Test
    void anEntryThatShouldHaveHelpedIsNamedInPlaceOfANewOne() {
        Diagnosis diagnosis = diagnosis(
                extra("system register op0:3 op1:0 crn:2 crm:0 op2:3"),
                tableWith(CompatProperty.SAFE_MISSING_REGS, TCR2_EL1, "upstream/>=6.13"),
                "6.12.107+deb13-arm64",
                "6.18.15+deb13-arm64");
        assertThat(diagnosis.cures()).isEmpty();
        assertThat(diagnosis.registers().getFirst().entries())
                .extracting(PolicyEntry::id)
                .containsExactly(7L);
        assertThat(diagnosis.registers().getFirst().sentence())
                .contains("Entry 7 of virt-10.2 already sets x-mig-safe-missing-regs");
    }

    @Test
    void anEntryForOtherHostsExplainsButDoesNotCure() {
        Diagnosis diagnosis = diagnosis(
                extra("system register op0:3 op1:0 crn:2 crm:0 op2:3"),
                tableWith(CompatProperty.SAFE_MISSING_REGS, TCR2_EL1, "el10/>=6.12.0-200"),
                "6.12.107+deb13-arm64",
                "6.18.15+deb13-arm64");
        assertThat(diagnosis.registers().getFirst().entries()).hasSize(1);
        assertThat(diagnosis.cures()).hasSize(2);
    }

    @Test
    void refusedValuesHaveNoCureInAListButAdvice() {
        Diagnosis diagnosis = diagnosis("""
                Could not set register fw reg 0 to 10003 (is 10001)
                Could not set register system register op0:3 op1:0 crn:0 crm:7 op2:2 to 220011100001011 (is 220011102001011)
                Could not set register system register op0:3 op1:3 crn:9 crm:12 op2:0 to 1 (is 2)
                Could not set register system register op0:3 op1:0 crn:0 crm:0 op2:0 to 411fd401 (is 414fd0c1)
                Could not set register demuxed reg 6020000000110000 to 2 (is 701fe01a)
                Could not set register system register op0:3 op1:0 crn:1 crm:0 op2:3: unknown to KVM
                Failed to put registers after init: Invalid argument
                """, PolicyTable.empty(), null, null);
        assertThat(diagnosis.stages()).containsExactly(FailedStage.VALUE);
        assertThat(diagnosis.cures()).isEmpty();
        assertThat(diagnosis.registers().stream().map(DiagnosisTests::told))
                .satisfiesExactly(
                        psci -> assertThat(psci).contains("kvm-psci-version=1.1"),
                        id -> assertThat(id)
                                .contains(
                                        "ID register, differing in [27:24] (0, here 2: the lower one)",
                                        "made the field writable"),
                        pmu -> assertThat(pmu).contains("pmu=off"),
                        midr -> assertThat(midr).contains("Arm Neoverse-V1 r1p1 and Arm Neoverse-N1 r4p1"),
                        cache -> assertThat(cache).contains("caches"),
                        gone -> assertThat(gone).contains("SCTLR2_EL1", "feature away"));
        assertThat(diagnosis.registers().getLast().role()).isEqualTo(RegisterRole.UNKNOWN_TO_KVM);
    }

    /** A QEMU that names no register knows no property either: what a table hides is in its lists. */
    @Test
    void aNamedMachineTypeDoesNotMakeARightExplanationWrong() {
        int sent = seed("6.18.15+deb13-arm64", "neoverse-n1").registers().size();
        int local = seed("6.1.0-50-arm64", "neoverse-n1").registers().size();
        String log = "qemu-system-aarch64: invalid value " + sent + " expecting positive value <= " + local
                + "\nqemu-system-aarch64: failed to load cpu:cpreg_vmstate_array_len\n";
        Diagnosis without = diagnosis(log, PolicyTable.empty(), null, null);
        Diagnosis with = diagnosis(log, tableWith(CompatProperty.HIDDEN_REGS, BITMAP, "debian/>=6.16"), null, null);
        assertThat(without.lengthExplanations()).isNotEmpty();
        assertThat(with.lengthExplanations()).isEqualTo(without.lengthExplanations());
    }

    @Test
    void aPairOfOtherKernelsThanTheLogNamesIsNotCalledTheLikeliest() {
        String lengths = """
                qemu-kvm: Invalid value 258 expecting positive value <= 241
                qemu-kvm: Failed to load cpu:cpreg_vmstate_array_len
                """;
        assertThat(diagnosis(lengths, PolicyTable.empty(), null, null)
                        .suggested()
                        .toString())
                .contains("the likeliest: from 6.12.107+deb13-arm64");
        Diagnosis header = diagnosis(
                "2026-10-01 10:00:00.000+0000: starting up libvirt version: 10.10.0, package: 7.el9, qemu version:"
                        + " 9.1.0qemu-kvm-9.1.0-15.el9, kernel: 5.14.0-570.el9.aarch64, hostname: a\n" + lengths,
                PolicyTable.empty(),
                null,
                "6.1.0-50-arm64");
        assertThat(header.toString()).doesNotContain("likeliest").contains("the log is believed");
        Diagnosis prose = diagnosis(lengths + "seen with 4.18.0-147.5.el8 here\n", PolicyTable.empty(), null, null);
        assertThat(prose.suggested().toString()).doesNotContain("likeliest").contains("4.18.0-147.5.el8");
    }

    /** QEMU 10.1 sends and compares what it does not know how to hide: 269 registers of 6.12.107 to the 267 of 6.16.12. */
    @ParameterizedTest
    @CsvSource({",,", "virt-10.1,,", "virt-10.1,6.12.107+deb13-arm64,6.16.12+deb13-arm64"})
    void aMachineTypeDoesNotTakeTheExplanationOfLengthsAway(String machineType, String source, String destination) {
        PolicyTable table = tableWith(CompatProperty.HIDDEN_REGS, BITMAP, "debian/>=6.16");
        Diagnosis diagnosis = Diagnosis.of(
                QemuLogReader.read("""
                        qemu-system-aarch64: invalid value 269 expecting positive value <= 267
                        qemu-system-aarch64: failed to load cpu:cpreg_vmstate_array_len
                        """),
                table,
                machineType,
                source == null ? null : KernelRelease.parse(source),
                destination == null ? null : KernelRelease.parse(destination),
                seeds("neoverse-v1"));
        assertThat(diagnosis.lengthExplanations())
                .extracting(pair -> pair.source().kernel().text() + " "
                        + pair.destination().kernel().text())
                .contains("6.12.107+deb13-arm64 6.16.12+deb13-arm64");
        assertThat(diagnosis.proved().toString()).doesNotContain("No two known");
    }

    @Test
    void aBareLengthFailureThatNoCapturesExplainSaysSo() {
        Diagnosis diagnosis =
                diagnosis("Invalid value 275 expecting positive value <= 274", PolicyTable.empty(), null, null);
        assertThat(diagnosis.stages()).containsExactly(FailedStage.LENGTH);
        assertThat(diagnosis.registers()).isEmpty();
        assertThat(diagnosis.lengthExplanations()).isEmpty();
        assertThat(diagnosis.proved())
                .anyMatch(sentence -> sentence.contains("names none of them"))
                .anyMatch(sentence -> sentence.contains("No two known captures"));
    }

    @Test
    void theSeriesLengthCheckIsExplainedByItsMargin() {
        int local = seed("6.1.0-50-arm64", "neoverse-n1").registers().size();
        int sent = seed("6.12.107+deb13-arm64", "neoverse-n1").registers().size();
        Diagnosis diagnosis = diagnosis(
                "Invalid value " + sent + " expecting positive value <= " + (local + 10) + "\n"
                        + "Failed to load element of type int32 le for cpreg_vmstate_array_len: -22",
                PolicyTable.empty(),
                null,
                null);
        assertThat(diagnosis.lengthExplanations())
                .extracting(pair -> pair.source().kernel().text() + " "
                        + pair.destination().kernel().text())
                .contains("6.12.107+deb13-arm64 6.1.0-50-arm64");
        assertThat(diagnosis.lengthExplanations().getFirst().behaviour()).isEqualTo(new LoadBehaviour.XMigProperties());
    }

    @Test
    void aFailureOfAnotherDeviceIsSaidToBeNoneOfOurs() {
        Diagnosis diagnosis = diagnosis(
                "qemu-kvm: error while loading state for instance 0x0 of device '0000:00:01.0/virtio-net'",
                PolicyTable.empty(),
                null,
                null);
        assertThat(diagnosis.stages()).isEmpty();
        assertThat(diagnosis.proved()).first().asString().contains("nothing to do with register lists");
    }

    private static String logs() {
        try (InputStream resource = DiagnosisTests.class.getResourceAsStream("/logs/kvm-migrations.txt")) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
