package org.migreg.format.qemucommandline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.policy.CompatProperty;
import org.migreg.policy.PolicyTable;
import org.migreg.policy.PolicyUnion;
import org.migreg.policy.PolicyUnion.Scope;
import org.migreg.policy.ProposedTables;
import org.migreg.policy.change.ProposedTable;
import org.migreg.policy.exchange.PropertyValue;
import org.migreg.policy.exchange.QemuArguments;
import org.migreg.policy.exchange.QemuArguments.Form;
import org.migreg.policy.exchange.Rendering;
import org.migreg.policy.exchange.TableImport;
import org.migreg.policy.exchange.UnreadableTableException;
import org.migreg.property.Generator;
import org.migreg.property.Property;

class CommandLineTests {

    private static final PolicyTable SERIES = ProposedTables.policies(ProposedTables.ofTheSeries());
    private static final PolicyUnion OLD = PolicyUnion.ofAllEntries(SERIES, "virt-10.1", Scope.MERGED);

    @Test
    void aPolicyIsSetByGlobals() {
        assertThat(CommandLineWriter.write(OLD, Form.GLOBAL, "host").text()).isEqualTo("""
                -machine virt-10.1 \\
                -global arm-cpu.x-mig-hidden-regs=0x6030000000160003 \\
                -global arm-cpu.x-mig-safe-missing-regs=0x40200000200e0298,0x603000000013c103,0x603000000013c512,0x603000000013c513
                """);
    }

    @Test
    void theLongFormDoublesCommas() {
        assertThat(CommandLineWriter.write(OLD, Form.LONG_GLOBAL, "host").text())
                .isEqualTo("""
                -machine virt-10.1 \\
                -global driver=arm-cpu,property=x-mig-hidden-regs,value=0x6030000000160003 \\
                -global driver=arm-cpu,property=x-mig-safe-missing-regs,value=0x40200000200e0298,,0x603000000013c103,,0x603000000013c512,,0x603000000013c513
                """);
    }

    @Test
    void cpuTakesOneNumberOrRangeForEachProperty() {
        Rendering mixed = CommandLineWriter.write(OLD, Form.CPU, "host");
        assertThat(mixed.text()).isEqualTo("""
                -machine virt-10.1 \\
                -global arm-cpu.x-mig-safe-missing-regs=0x40200000200e0298,0x603000000013c103,0x603000000013c512,0x603000000013c513 \\
                -cpu host,x-mig-hidden-regs=0x6030000000160003
                """);
        assertThat(mixed.notCarried())
                .contains("-cpu takes one number or range for each property: x-mig-safe-missing-regs has 4 registers"
                        + " that are not one range, and goes after -global");
        PolicyUnion hiding =
                ProposedTables.forHost(SERIES, "virt-10.2", Scope.MERGED, KernelRelease.parse("6.16.3-generic"));
        assertThat(CommandLineWriter.write(hiding, Form.CPU, "host,pmu=off").text())
                .isEqualTo("""
                -machine virt-10.2 \\
                -cpu host,pmu=off,x-mig-safe-missing-regs=0x40200000200e0298
                """);
    }

    @Test
    void whatTheFormCannotCarryIsSaid() {
        Rendering rendering = CommandLineWriter.write(OLD, Form.GLOBAL, "host");
        assertThat(rendering.notCarried())
                .anyMatch(said -> said.startsWith("x-mig-safe-missing-regs knows no conditions: the loss of DBGDTRTX"))
                .anyMatch(said -> said.startsWith(
                        "host kernels are not carried: KVM_REG_ARM_VENDOR_HYP_BMAP_2 is for" + " upstream/>=6.15"))
                .contains("rationales are not carried", "references are not carried");
        assertThat(rendering.warnings())
                .contains("x-mig-hidden-regs has KVM_REG_ARM_VENDOR_HYP_BMAP_2 (0x6030000000160003) on every host, but"
                        + " the table says so of upstream/>=6.15 alone: there the register is neither sent nor compared,"
                        + " and a guest that uses it loses its state");
    }

    @Test
    void aWholeCommandLineIsRead() {
        QemuArguments read = CommandLineReader.read("""
                LC_ALL=C PATH=/usr/bin \\
                /usr/libexec/qemu-kvm -name 'guest=a b,debug-threads=on' \\
                  -machine virt-rhel9.6.0,accel=kvm,gic-version=3 -cpu host,pmu=off \\
                  --global "driver=arm-cpu,property=x-mig-hidden-regs,value=0x6030000000160003,,0x603000000013c4f6" \\
                  -global pcie-root-port.x-native-hotplug=on \\
                  -global arm-cpu.x-mig-safe-missing-regs='0x603000000013c512-0x603000000013c513, 10' # old kernels
                """);
        assertThat(read)
                .isEqualTo(new QemuArguments(
                        "/usr/libexec/qemu-kvm",
                        "virt-rhel9.6.0",
                        "kvm",
                        "host",
                        List.of("pmu=off"),
                        Map.of(
                                CompatProperty.HIDDEN_REGS,
                                PropertyValue.parse("0x6030000000160003,0x603000000013c4f6"),
                                CompatProperty.SAFE_MISSING_REGS,
                                PropertyValue.parse("0xa,0x603000000013c512,0x603000000013c513")),
                        List.of()));
        TableImport entries = read.toImport(null, "why");
        assertThat(entries.table().entries()).hasSize(4);
        assertThat(entries.remarks())
                .containsExactly(
                        "x-mig-safe-missing-regs of virt-rhel9.6.0 has 0x000000000000000a, that cannot stand in a"
                                + " register list (a decimal number where a hexadecimal one was meant?): QEMU does nothing with"
                                + " it, so it makes no entry");
    }

    @Test
    void propertiesOfTheCpuOptionAreRead() {
        QemuArguments read =
                CommandLineReader.read("qemu -M type=virt-10.1 -cpu max,x-mig-hidden-regs=0x6030000000160003");
        assertThat(read.values())
                .containsEntry(CompatProperty.HIDDEN_REGS, PropertyValue.of(List.of(ProposedTables.VENDOR_HYP_BMAP_2)));
        assertThat(read.cpuModel()).isEqualTo("max");
        assertThat(read.machineType()).isEqualTo("virt-10.1");
    }

    @Test
    void aPropertySetTwiceIsRefusedAsQemuDoes() {
        assertThat(problem("""
                qemu -cpu host,x-mig-hidden-regs=0x6030000000160003 \\
                  -global arm-cpu.x-mig-hidden-regs=0x603000000013c4f6
                """))
                .isEqualTo(
                        "line 2, column 37: x-mig-hidden-regs is set twice, by -cpu and by -global: QEMU does not start"
                                + " with that (array size property x-mig-hidden-regs may not be set more than once); merge the"
                                + " two values");
    }

    @Test
    void whatQemuOrAShellWouldRefuseIsRefusedWithItsPlace() {
        assertThat(problem("-cpu host,x-mig-hidden-regs=0xa,0xb"))
                .isEqualTo(
                        "line 1, column 33: -cpu ends x-mig-hidden-regs at the comma, so '0xb' is no part of it: -cpu"
                                + " takes one number or range, write -global arm-cpu.x-mig-hidden-regs=... for more");
        assertThat(problem("-global arm-cpu.x-mig-hidden-regs=0xa,,0xb"))
                .startsWith("line 1, column 39: a number is missing before ','");
        assertThat(problem("-global driver=arm-cpu,property=x-mig-hidden-regs,value=0xA,0xB"))
                .isEqualTo("line 1, column 61: '0xB' is not known to -global's long form: write driver=, property= and"
                        + " value=, with commas inside the value doubled");
        assertThat(problem("-global arm-cpu.x-mig-hidden-regs=0xa;0xb"))
                .isEqualTo(
                        "line 1, column 38: a shell takes ';' for itself: put it in single quotes if QEMU is to get it");
        assertThat(problem("-global arm-cpu.x-mig-hidden-regs=0x603000000013c4f6, 0x6030000000160003"))
                .isEqualTo(
                        "line 1, column 55: a blank ends the value before '0x6030000000160003': put the value in quotes,"
                                + " or leave the blank out");
        assertThat(problem("-global host-arm-cpu.x-mig-hidden-regs=0xa"))
                .contains("set for driver 'host-arm-cpu', but entries hold for every CPU model");
        assertThat(problem("-global"))
                .isEqualTo("line 1, column 1: -global is the last argument: its value is missing");
        assertThat(problem("qemu \"-cpu")).isEqualTo("line 1, column 6: the quote \" is never closed");
        assertThat(problem("qemu -cpu $CPU")).contains("a shell takes '$' for itself");
    }

    @Test
    void withoutAMachineTypeTheCallerMustSayIt() {
        String line = "-global arm-cpu.x-mig-hidden-regs=0x6030000000160003";
        assertThatThrownBy(() -> CommandLineReader.readEntries(line, null))
                .isInstanceOf(UnreadableTableException.class)
                .hasMessageContaining("the arguments name no machine type");
        assertThat(CommandLineReader.readEntries(line, "virt-10.1").table().entriesOf("virt-10.1"))
                .hasSize(1);
    }

    @Test
    void everyPolicyComesBackFromBothForms() {
        Property.holds(100, given -> {
            ProposedTable table = given.any(tables());
            boolean isLong = given.any(Generator.booleans());
            PolicyTable policies = ProposedTables.policies(table);
            PolicyUnion union = PolicyUnion.ofAllEntries(policies, "virt-9.0", Scope.MERGED);
            String text = CommandLineWriter.write(union, isLong ? Form.LONG_GLOBAL : Form.GLOBAL, "host")
                    .text();
            QemuArguments read = CommandLineReader.read("qemu-system-aarch64 " + text);
            assertThat(read.machineType()).isEqualTo("virt-9.0");
            for (CompatProperty property : CompatProperty.values()) {
                assertThat(read.values()
                                .getOrDefault(property, PropertyValue.of(List.of()))
                                .registers())
                        .isEqualTo(union.registers(property));
            }
        });
    }

    @Test
    void anyTextIsReadOrRefusedWithItsPlace() {
        Property.holds(500, given -> {
            String text = given.any(nearlyCommandLines());
            try {
                assertThat(CommandLineReader.read(text)).isNotNull();
            } catch (UnreadableTableException refused) {
                assertThat(refused.problems())
                        .allSatisfy(problem -> assertThat(problem.line()).isPositive());
            }
        });
    }

    private static Generator<ProposedTable> tables() {
        return ProposedTables.any();
    }

    private static Generator<String> nearlyCommandLines() {
        return Generator.of(
                        "qemu",
                        " ",
                        " -global ",
                        " -cpu ",
                        " -M ",
                        "arm-cpu",
                        ".",
                        "x-mig-hidden-regs",
                        "=",
                        ",",
                        ",,",
                        "0x1",
                        "-",
                        "'",
                        "\"",
                        "\\",
                        "\n",
                        "driver=",
                        "property=",
                        "value=",
                        "host",
                        "#",
                        "$",
                        "a=b ")
                .list(0, 25)
                .map(parts -> String.join("", parts));
    }

    private static String problem(String text) {
        return catchThrowableOfType(UnreadableTableException.class, () -> CommandLineReader.read(text))
                .getMessage();
    }
}
