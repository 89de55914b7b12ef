package org.migreg.format.qemulog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.migreg.capture.UnreadableCaptureException;
import org.migreg.evaluation.LoadBehaviour;
import org.migreg.evaluation.RecordedOutcomes;
import org.migreg.format.qemulog.LogEvent.AbsentRegister;
import org.migreg.format.qemulog.LogEvent.ExtraRegister;
import org.migreg.format.qemulog.LogEvent.LengthFailure;
import org.migreg.format.qemulog.LogEvent.LengthWording;
import org.migreg.format.qemulog.LogEvent.ListLengths;
import org.migreg.format.qemulog.LogEvent.Naming;
import org.migreg.format.qemulog.LogEvent.PropertyNotFound;
import org.migreg.format.qemulog.LogEvent.PropertySetTwice;
import org.migreg.format.qemulog.LogEvent.ValueRefused;
import org.migreg.qemu.Accelerator;
import org.migreg.register.RegisterId;
import tools.jackson.databind.JsonNode;

class QemuLogReaderTests {

    private static final RegisterId TCR2_EL1 = RegisterId.parse("0x603000000013c103");
    private static final RegisterId BITMAP = RegisterId.parse("0x6030000000160003");

    private static List<String> behaviours(LogReading reading) {
        return reading.behaviours().stream().map(LoadBehaviour::apiName).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"log\":\"qemu-kvm: Invalid value 275 expecting positive value \\u003c= 274\\n\",\"stream\":\"stderr\"}",
                "{\"a\":\"{\\\"log\\\":\\\"Invalid value 275 expecting positive value \\\\u003c= 274\\\\n\\\"}\"}",
                "Invalid value 275 expecting positive value &lt;= 274",
            })
    void charactersThatJsonAndWebPagesEscapeAreRead(String log) {
        assertThat(QemuLogReader.read(log).events(LengthFailure.class))
                .containsExactly(new LengthFailure(275, 274, LengthWording.NUMBERS_ALONE));
    }

    @Test
    void aDeviceNameInEscapedQuotesIsRead() {
        assertThat(QemuLogReader.read("error while loading state for instance 0x0 of device \\u0027cpu\\u0027")
                        .events(LogEvent.DeviceNotLoaded.class))
                .containsExactly(new LogEvent.DeviceNotLoaded("cpu", true));
    }

    @Test
    void linesThatMailBrokeAreReadAsOne() {
        LogReading reading = QemuLogReader.read("""
                > qemu-kvm: handle_cpreg_only_in_incoming_stream: system register op0:3
                > op1:0 crn:2 crm:0 op2:3 in the incoming stream but unknown on the
                > destination: fail migration
                > qemu-kvm: handle_cpreg_only_in_incoming_stream: fw feat reg 3 in the
                > incoming stream but unknown on the destination: fail migration
                > qemu-kvm: Could not set register system register op0:3 op1:0 crn:0
                > crm:7 op2:2 to 220011100001011 (is 220011102001011)
                """);
        assertThat(reading.events(ExtraRegister.class))
                .containsExactly(
                        new ExtraRegister(TCR2_EL1, false, Naming.UPSTREAM),
                        new ExtraRegister(BITMAP, false, Naming.UPSTREAM));
        assertThat(reading.events(ValueRefused.class)).hasSize(1);
    }

    @Test
    void aLineThatIsCutOffTakesNothingFromTheNext() {
        LogReading reading = QemuLogReader.read("""
                qemu-kvm: handle_cpreg_only_in_incoming_stream: system register op0:3 op1:0 cr
                qemu-kvm: handle_cpreg_only_in_incoming_stream: fw feat reg 3 in the incoming stream but unknown on the destination: fail migration
                qemu-kvm: handle_cpreg_only_in_incoming_stream: system regi""");
        assertThat(reading.events()).containsExactly(new ExtraRegister(BITMAP, false, Naming.UPSTREAM));
    }

    @Test
    void severalMessagesInOneLineAreAllRead() {
        assertThat(QemuLogReader.read("Could not set register fw reg 0 to 10003 (is 10001) Could not set register"
                                + " op0:3 op1:0 crn:0 crm:7 op2:2 to 1 (is 2)")
                        .events(ValueRefused.class))
                .hasSize(2);
    }

    @Test
    void namedRegistersWithTheDeviceOnALineOfItsOwnAreADistributionsTolerances() {
        assertThat(behaviours(QemuLogReader.read("""
                        qemu-kvm: handle_cpreg_only_in_incoming_stream: system register op0:3 op1:0 crn:9 crm:14 op2:6 in the incoming stream but unknown on the destination: fail migration
                        qemu-kvm: error while loading state for instance 0x0 of device 'cpu'
                        qemu-kvm: load of migration failed: Operation not permitted"""))).containsExactly("TOLERANCES");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s",
                "qemu-system-aarch64: %s",
                "qemu-kvm: %s",
                "2025-11-18T17:07:33.123456Z qemu-system-aarch64: %s",
                "Nov 18 17:07:33 host libvirtd[20778]: internal error: QEMU unexpectedly closed the monitor"
                        + " (vm='guest'): 2025-11-18T17:07:33.123456Z qemu-kvm: %s",
                "\u001b[31mqemu-system-aarch64: %s\u001b[0m",
                "{\"msg\":\"qemu-system-aarch64: %s\\\\n\",\"level\":\"error\"}",
                "> > qemu-system-aarch64: %s\r",
                "nova.exception: qemu unexpectedly closed the monitor: qemu-kvm: %s#012",
            })
    void whateverStandsAroundAMessageItIsRead(String around) {
        String log = String.format(around, "Invalid value 275 expecting positive value <= 274") + "\n"
                + String.format(around, "Failed to load cpu:cpreg_vmstate_array_len") + "\n"
                + String.format(around, "error while loading state for instance 0x0 of device 'cpu'") + "\n"
                + String.format(around, "load of migration failed: Invalid argument");
        LogReading reading = QemuLogReader.read(log);
        assertThat(reading.events(LengthFailure.class))
                .containsExactly(new LengthFailure(275, 274, LengthWording.FIELD));
        assertThat(reading.events(LogEvent.LoadFailed.class))
                .containsExactly(new LogEvent.LoadFailed("Invalid argument"));
        assertThat(behaviours(reading)).containsExactly("LENGTH_CHECKED");
    }

    @Test
    void theWordingOfALengthFailureTellsTheBuild() {
        LogReading series = QemuLogReader.read("""
                Invalid value 300 expecting positive value <= 284
                load of migration failed: Invalid argument: error while loading state for instance 0x0 of device 'cpu': \
                Failed to load element of type int32 le for cpreg_vmstate_array_len: -22
                """);
        assertThat(series.events(LengthFailure.class))
                .containsExactly(new LengthFailure(300, 284, LengthWording.ELEMENT));
        assertThat(behaviours(series)).containsExactly("X_MIG_PROPERTIES", "LENGTH_CHECKED");

        LogReading alone = QemuLogReader.read("Invalid value 275 expecting positive value <= 274");
        assertThat(alone.events(LengthFailure.class))
                .containsExactly(new LengthFailure(275, 274, LengthWording.NUMBERS_ALONE));
        assertThat(behaviours(alone)).containsExactly("LENGTH_CHECKED", "X_MIG_PROPERTIES");
    }

    @Test
    void registersNamedByQemu11AreReadInBothForms() {
        LogReading kvm = QemuLogReader.read("""
                warning: handle_cpreg_missing_in_incoming_stream: fw feat reg 3 expected by the destination but not in the \
                incoming stream: skip it
                handle_cpreg_only_in_incoming_stream: system register op0:3 op1:0 crn:2 crm:0 op2:3 in the incoming stream \
                but unknown on the destination: fail migration
                """);
        assertThat(kvm.events())
                .containsExactly(
                        new AbsentRegister(BITMAP, Naming.UPSTREAM),
                        new ExtraRegister(TCR2_EL1, false, Naming.UPSTREAM));
        assertThat(kvm.accelerator()).isEqualTo(Accelerator.KVM);
        // QEMU 11.1 under KVM would tolerate TCR2_EL1.
        assertThat(behaviours(kvm)).containsExactly("ALL_MISMATCHES");

        LogReading tcg = QemuLogReader.read("handle_cpreg_only_in_incoming_stream: system register 0x1013c103 in the"
                + " incoming stream but unknown on the destination: fail migration");
        assertThat(tcg.events()).containsExactly(new ExtraRegister(TCR2_EL1, false, Naming.UPSTREAM));
        assertThat(tcg.accelerator()).isEqualTo(Accelerator.TCG);
        assertThat(behaviours(tcg)).containsExactly("TOLERANCES", "ALL_MISMATCHES");
    }

    @Test
    void whatTheSeriesNamesAndTracesIsRead() {
        LogReading reading = QemuLogReader.read("""
                cpu_post_load_len cpreg_array_len=256 cpreg_vmstate_array_len=258
                12345@1763482196.1:cpu_post_load_missing missing register in input stream: i=5 index=0x6030000000160003 (v=3)
                cpu_post_load_unexpected unexpected register in input stream: v=7 index=0x603000000013c103 (i=5)
                cpu_post_load_missing_as_expected register missing as expected in input stream: v=8 index=0x603000000013c512 (i=5)
                qemu-system-aarch64: kvm_arm_cpu_post_load Unexpected register in input stream: 0 0x603000000013c103 op0:3 op1:0 crn:2 crm:0 op2:3
                qemu-system-aarch64: error while loading state for instance 0x0 of device 'cpu'
                qemu-system-aarch64: load of migration failed: Operation not permitted
                """);
        assertThat(reading.events())
                .contains(
                        new ListLengths(256, 258),
                        new AbsentRegister(BITMAP, Naming.SERIES_TRACE),
                        new ExtraRegister(TCR2_EL1, false, Naming.SERIES_TRACE),
                        new ExtraRegister(RegisterId.parse("0x603000000013c512"), true, Naming.SERIES_TRACE),
                        new ExtraRegister(TCR2_EL1, false, Naming.SERIES));
        assertThat(behaviours(reading)).containsExactly("X_MIG_PROPERTIES");
    }

    @Test
    void refusedValuesAreReadInEveryForm() {
        LogReading reading = QemuLogReader.read("""
                Could not set register system register op0:3 op1:0 crn:0 crm:7 op2:2 to 220011100001011 (is 220011102001011)
                Could not set register fw reg 0 to 10003 (is 10001)
                Could not set register demuxed reg 6020000000110000 to 2
                Could not set register system register op0:3 op1:0 crn:1 crm:0 op2:3: unknown to KVM
                Could not set register fw reg 1: Device or resource busy
                Failed to put registers after init: Invalid argument
                """);
        assertThat(reading.events(ValueRefused.class))
                .containsExactly(
                        new ValueRefused(
                                RegisterId.parse("0x603000000013c03a"), 0x220011100001011L, 0x220011102001011L, null),
                        new ValueRefused(RegisterId.parse("0x6030000000140000"), 0x10003L, 0x10001L, null),
                        new ValueRefused(RegisterId.parse("0x6020000000110000"), 2L, null, null),
                        new ValueRefused(RegisterId.parse("0x603000000013c083"), null, null, "unknown to KVM"),
                        new ValueRefused(
                                RegisterId.parse("0x6030000000140001"), null, null, "Device or resource busy"));
        assertThat(behaviours(reading)).doesNotContain("LENGTH_CHECKED");

        LogReading tenTwo =
                QemuLogReader.read("Could not set register op0:3 op1:0 crn:0 crm:0 op2:0 to c00fac31 (is 413fd0c1)");
        assertThat(tenTwo.events(ValueRefused.class))
                .containsExactly(
                        new ValueRefused(RegisterId.parse("0x603000000013c000"), 0xc00fac31L, 0x413fd0c1L, null));
        assertThat(behaviours(tenTwo)).containsExactly("X_MIG_PROPERTIES", "LENGTH_CHECKED");
    }

    @Test
    void troubleWithThePropertiesIsRead() {
        LogReading reading = QemuLogReader.read("""
                qemu-system-aarch64: can't apply global arm-cpu.x-mig-safe-missing-regs=0x603000000013c103: array size \
                property x-mig-safe-missing-regs may not be set more than once
                """);
        assertThat(reading.events()).containsExactly(new PropertySetTwice("x-mig-safe-missing-regs"));
        assertThat(behaviours(reading)).containsExactly("X_MIG_PROPERTIES");
        assertThat(QemuLogReader.read("Property 'max-arm-cpu.x-mig-hidden-regs' not found")
                        .events())
                .containsExactly(new PropertyNotFound("x-mig-hidden-regs"));
        assertThat(behaviours(QemuLogReader.read("Parameter 'null' expects list of uint64 values or ranges")))
                .containsExactly("X_MIG_PROPERTIES");
    }

    @Test
    void libvirtsFirstLineTellsQemuAndKernel() {
        LogReading reading = QemuLogReader.read(
                "2025-11-18 17:07:33.123+0000: starting up libvirt version: 11.3.0,"
                        + " package: 3 (Debian), qemu version: 10.0.2Debian 1:10.0.2+ds-2, kernel: 6.12.43+deb13-arm64, hostname: a");
        assertThat(reading.events()).isEmpty();
        assertThat(reading.context().qemuVersion()).isEqualTo("10.0.2");
        assertThat(reading.context().qemuPackage()).isEqualTo("Debian 1:10.0.2+ds-2");
        assertThat(reading.context().kernelRelease()).isEqualTo("6.12.43+deb13-arm64");
        assertThat(reading.context().host()).isEqualTo("a");
    }

    @Test
    void linesThatNoLoadPrintsTogetherAreOfTwoLoads() {
        List<LogReading> loads = QemuLogReader.loads("""
                Failed to load cpu:cpreg_vmstate_array_len
                handle_cpreg_only_in_incoming_stream: fw reg 3 in the incoming stream but unknown on the destination: fail migration
                """);
        assertThat(loads).hasSize(2);
        assertThat(loads.getFirst().events(LengthFailure.class)).hasSize(1);
        assertThat(loads.getLast().events(ExtraRegister.class)).hasSize(1);
    }

    @Test
    void textThatSaysNothingIsReadAsNothing() {
        assertThat(QemuLogReader.read("Hello.\n\nWorld").events()).isEmpty();
        assertThat(behaviours(QemuLogReader.read(""))).hasSize(4);
    }

    @Test
    void textWithoutEndIsRefused() {
        assertThatExceptionOfType(UnreadableCaptureException.class)
                .isThrownBy(() -> QemuLogReader.read(new byte[QemuLogReader.LARGEST + 1]))
                .withMessageContaining("give the lines of one failed load");
    }

    @Test
    void aLogThatNamesMoreRegistersThanAnyHostHasIsCutAndSaysSo() {
        StringBuilder log = new StringBuilder();
        for (int index = 0; index < 20_000; index++) {
            log.append("handle_cpreg_only_in_incoming_stream: fw reg ")
                    .append(index)
                    .append(" in the incoming stream but unknown on the destination: fail migration\n");
        }
        LogReading reading = QemuLogReader.read(log.toString());
        assertThat(reading.events()).hasSize(10_000);
        assertThat(reading.remarks()).first().asString().contains("the rest was left out");
    }

    @TestFactory
    Stream<DynamicTest> everyRecordedLoadAllowsTheBehaviourItWasRecordedWith() {
        return Stream.of("qemu-outcomes", "kvm-migrations")
                .map(file -> DynamicTest.dynamicTest(file, () -> {
                    int printed = 0;
                    for (JsonNode row : RecordedOutcomes.rows(file)) {
                        StringBuilder log = new StringBuilder();
                        row.get("messages")
                                .forEach(message -> log.append("qemu-system-aarch64: ")
                                        .append(message.asString())
                                        .append('\n'));
                        LogReading reading = QemuLogReader.read(log.toString());
                        String id = row.get("id").asString();
                        assertThat(reading.remarks()).as(id).noneMatch(remark -> remark.contains("cannot all be"));
                        if (!row.get("messages").isEmpty()) {
                            printed++;
                            assertThat(reading.events()).as(id).isNotEmpty();
                            assertThat(behaviours(reading).getFirst())
                                    .as(id + ": " + log)
                                    .isEqualTo(row.get("behaviour").asString());
                        }
                    }
                    assertThat(printed).isGreaterThan(100);
                }));
    }
}
