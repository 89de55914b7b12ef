package org.migreg.format.qemusource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.migreg.hostkernel.KernelRange;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.policy.CompatProperty;
import org.migreg.policy.EntryContent;
import org.migreg.policy.PolicyTable;
import org.migreg.policy.PolicyUnion;
import org.migreg.policy.PolicyUnion.Scope;
import org.migreg.policy.ProposedTables;
import org.migreg.policy.change.ProposedTable;
import org.migreg.policy.exchange.Rendering;
import org.migreg.policy.exchange.TableImport;
import org.migreg.policy.exchange.UnreadableTableException;
import org.migreg.property.Generator;
import org.migreg.property.Property;

class QemuSourceTests {

    private static final PolicyTable SERIES = ProposedTables.policies(ProposedTables.ofTheSeries());

    @Test
    void theSeriesComesInFromAWholeSource() {
        TableImport read = QemuSourceReader.read(virt(), null);
        assertThat(read.table().machineTypes())
                .extracting(machineType -> machineType.name() + " <- " + machineType.inheritsFrom())
                .containsExactly(
                        "virt-10.0 <- virt-10.1",
                        "virt-10.1 <- virt-10.2",
                        "virt-10.2 <- virt-11.0",
                        "virt-11.0 <- null");
        assertThat(read.table().entries())
                .extracting(QemuSourceTests::line)
                .containsExactly(
                        "virt-10.1 x-mig-hidden-regs KVM_REG_ARM_VENDOR_HYP_BMAP_2 any/*: virt-10.1 and older run on"
                                + " kernels of several ages. | from Linux 6.15 on",
                        "virt-10.1 x-mig-safe-missing-regs TCR2_EL1 any/*: virt-10.1 and older run on kernels of"
                                + " several ages. | before Linux 6.13",
                        "virt-10.1 x-mig-safe-missing-regs PIRE0_EL1 any/*: virt-10.1 and older run on kernels of"
                                + " several ages. | before Linux 6.13",
                        "virt-10.1 x-mig-safe-missing-regs PIR_EL1 any/*: virt-10.1 and older run on kernels of"
                                + " several ages. | before Linux 6.13",
                        "virt-10.2 x-mig-safe-missing-regs DBGDTRTX any/*: Bogus register, listed by QEMU up to 10.2");
        assertThat(read.remarks())
                .containsExactly(
                        "virt-10.1 sets x-mig-safe-missing-regs more than once, by arm_virt_kernel_compat_10_1 in line"
                                + " 40 and by arm_virt_compat_10_2 in line 29: QEMU aborts there (array size property"
                                + " x-mig-safe-missing-regs may not be set more than once); the entries are merged here",
                        "virt-10.0 sets x-mig-safe-missing-regs more than once, by arm_virt_kernel_compat_10_1 in line"
                                + " 40 and by arm_virt_compat_10_2 in line 29: QEMU aborts there (array size property"
                                + " x-mig-safe-missing-regs may not be set more than once); the entries are merged here");
    }

    @Test
    void theSeriesGoesOutMergedAsOneArray() {
        PolicyTable table =
                ProposedTables.policies(QemuSourceReader.read(virt(), null).table());
        Rendering rendering = QemuSourceWriter.write(PolicyUnion.ofAllEntries(table, "virt-10.0", Scope.MERGED));
        assertThat(rendering.text()).isEqualTo("""
                static GlobalProperty arm_virt_compat_10_0[] = {
                    /*
                     * KVM_REG_ARM_VENDOR_HYP_BMAP_2:
                     *   virt-10.1 and older run on kernels of several ages.
                     *   from Linux 6.15 on
                     */
                    { TYPE_ARM_CPU, "x-mig-hidden-regs",
                      "0x6030000000160003" },
                    /*
                     * DBGDTRTX: Bogus register, listed by QEMU up to 10.2
                     * TCR2_EL1:
                     *   virt-10.1 and older run on kernels of several ages.
                     *   before Linux 6.13
                     * PIRE0_EL1:
                     *   virt-10.1 and older run on kernels of several ages.
                     *   before Linux 6.13
                     * PIR_EL1:
                     *   virt-10.1 and older run on kernels of several ages.
                     *   before Linux 6.13
                     */
                    { TYPE_ARM_CPU, "x-mig-safe-missing-regs",
                      "0x40200000200e0298, 0x603000000013c103, 0x603000000013c512, "
                      "0x603000000013c513" },
                };
                static const size_t arm_virt_compat_10_0_len =
                    G_N_ELEMENTS(arm_virt_compat_10_0);

                /*
                 * All that virt-10.0 needs: call it after the machine type's options, and
                 *   not from older machine types, since QEMU aborts where one of these
                 *   properties is set twice.
                 */
                static void virt_machine_10_0_mig_compat(MachineClass *mc)
                {
                    compat_props_add(mc->compat_props, arm_virt_compat_10_0,
                                     arm_virt_compat_10_0_len);
                }
                """);
        assertThat(rendering.warnings()).isEmpty();
    }

    @Test
    void ownEntriesGoOutInTheChain() {
        Rendering rendering = QemuSourceWriter.write(
                ProposedTables.forHost(SERIES, "virt-10.1", Scope.OWN, KernelRelease.parse("6.14.0-27-generic")));
        assertThat(rendering.text()).isEqualTo("""
                static GlobalProperty arm_virt_compat_10_1[] = {
                    /*
                     * TCR2_EL1: Exposed unconditionally before 6.13.
                     * PIRE0_EL1: Exposed unconditionally before 6.13.
                     * PIR_EL1: Exposed unconditionally before 6.13.
                     */
                    { TYPE_ARM_CPU, "x-mig-safe-missing-regs",
                      "0x603000000013c103, 0x603000000013c512, 0x603000000013c513" },
                };
                static const size_t arm_virt_compat_10_1_len =
                    G_N_ELEMENTS(arm_virt_compat_10_1);

                static void virt_machine_10_1_options(MachineClass *mc)
                {
                    virt_machine_10_2_options(mc);
                    compat_props_add(mc->compat_props, arm_virt_compat_10_1,
                                     arm_virt_compat_10_1_len);
                }
                """);
        assertThat(rendering.notCarried())
                .containsExactly("host kernels are not carried: TCR2_EL1 is for upstream/>=6.13, PIRE0_EL1 is for"
                        + " upstream/>=6.13, PIR_EL1 is for upstream/>=6.13");
    }

    @Test
    void whatTheFormCannotCarryIsSaid() {
        Rendering rendering = QemuSourceWriter.write(PolicyUnion.ofAllEntries(SERIES, "virt-10.2", Scope.MERGED));
        assertThat(rendering.notCarried())
                .containsExactly(
                        "x-mig-safe-missing-regs knows no conditions: the loss of DBGDTRTX (0x40200000200e0298) is"
                                + " tolerated always, not only if value & 0xffffffffffffffff == 0x0",
                        "references are not carried");
    }

    @Test
    void ownEntriesOfAllMachineTypesComeBackFromTheirSource() {
        Property.holds(100, given -> {
            ProposedTable table = given.any(tables());
            PolicyTable policies = ProposedTables.policies(table);
            List<PolicyUnion> unions = new ArrayList<>();
            table.machineTypes()
                    .reversed()
                    .forEach(machineType ->
                            unions.add(PolicyUnion.ofAllEntries(policies, machineType.name(), Scope.OWN)));
            String text = QemuSourceWriter.writeAll(unions).text();
            ProposedTable read =
                    QemuSourceReader.read(text, null).completedFrom(policies).table();
            assertThat(read.machineTypes()).isEqualTo(table.machineTypes());
            assertThat(read.entries()).containsExactlyInAnyOrderElementsOf(table.entries());

            // Without a table that knows more, each register comes back once, for every host.
            ProposedTable alone = QemuSourceReader.read(text, null)
                    .completedFrom(PolicyTable.of(table.machineTypes(), List.of()))
                    .table();
            assertThat(alone.entries())
                    .extracting(QemuSourceTests::identity)
                    .containsExactlyInAnyOrderElementsOf(identities(table.entries()));
        });
    }

    @Test
    void mergedArraysPastedIntoASourceWithItsChainGiveTheSamePolicy() {
        Property.holds(100, given -> {
            ProposedTable table = given.any(tables());
            PolicyTable policies = ProposedTables.policies(table);
            StringBuilder text = new StringBuilder();
            for (int i = table.machineTypes().size() - 1; i >= 0; i--) {
                String name = table.machineTypes().get(i).name();
                text.append(QemuSourceWriter.write(PolicyUnion.ofAllEntries(policies, name, Scope.MERGED))
                        .text());
                text.append("static void virt_machine_9_").append(i).append("_options(MachineClass *mc)\n{\n");
                text.append(i == 5 ? "" : "    virt_machine_9_" + (i + 1) + "_options(mc);\n")
                        .append("}\n");
            }
            PolicyTable read = ProposedTables.policies(
                    QemuSourceReader.read(text.toString(), null).table());
            for (var machineType : table.machineTypes()) {
                for (var property : CompatProperty.values()) {
                    assertThat(PolicyUnion.ofAllEntries(read, machineType.name(), Scope.MERGED)
                                    .registers(property))
                            .isEqualTo(PolicyUnion.ofAllEntries(policies, machineType.name(), Scope.MERGED)
                                    .registers(property));
                }
            }
        });
    }

    @Test
    void rationalesComeBackRegisterByRegister() {
        PolicyTable table = ProposedTables.policies(new ProposedTable(
                ProposedTable.Covers.REGISTRY,
                ProposedTables.ofTheSeries().machineTypes(),
                ProposedTables.ofTheSeries().entries().stream()
                        .map(entry -> new EntryContent(
                                entry.machineType(),
                                entry.property(),
                                entry.register(),
                                KernelRange.any(),
                                null,
                                "About " + entry.register().name() + ": "
                                        + "it goes on and on ".repeat(12).strip()))
                        .toList()));
        String text = QemuSourceWriter.write(PolicyUnion.ofAllEntries(table, "virt-10.1", Scope.OWN))
                .text();
        assertThat(text.lines().mapToInt(String::length).max().orElseThrow()).isLessThanOrEqualTo(80);
        assertThat(QemuSourceReader.read(text, null).table().entriesOf("virt-10.1"))
                .isEqualTo(ProposedTable.of(table).entriesOf("virt-10.1"));
    }

    @Test
    void aRationaleThatSomebodyHasLaidOutComesBackAsItWas() {
        String laidOut = """
                For virt-10.1 and older:
                1) what KVM lists from 6.15 on,
                   harmless while its value is 0

                TCR2_EL1: has an entry of its own  (see there)""";
        PolicyTable table = ProposedTables.policies(new ProposedTable(
                ProposedTable.Covers.REGISTRY,
                ProposedTables.ofTheSeries().machineTypes(),
                List.of(
                        new EntryContent(
                                "virt-10.1",
                                CompatProperty.SAFE_MISSING_REGS,
                                ProposedTables.PIR_EL1,
                                KernelRange.any(),
                                null,
                                laidOut),
                        new EntryContent(
                                "virt-10.1",
                                CompatProperty.SAFE_MISSING_REGS,
                                ProposedTables.TCR2_EL1,
                                KernelRange.any(),
                                null,
                                "in one line"))));
        Rendering rendering = QemuSourceWriter.write(PolicyUnion.ofAllEntries(table, "virt-10.1", Scope.OWN));
        assertThat(rendering.notCarried()).isEmpty();
        assertThat(QemuSourceReader.read(rendering.text(), null).table().entriesOf("virt-10.1"))
                .isEqualTo(ProposedTable.of(table).entriesOf("virt-10.1"));
    }

    @Test
    void theOlderNamesInRhelsSourcesAreKnown() {
        String text = """
                GlobalProperty arm_rhel_9_6_compat[] = {
                    { TYPE_ARM_CPU, "x-mig-hidden-regs", "0x603000000013c4f6" },
                };
                static void rhel1000_virt_options(MachineClass *mc)
                {
                    compat_props_add(mc->compat_props, arm_rhel_compat, arm_rhel_compat_len);
                }
                DEFINE_RHEL_MACHINE_AS_LATEST(10, 0, 0)
                static void rhel960_virt_options(MachineClass *mc)
                {
                    rhel1000_virt_options(mc);
                    compat_props_add(mc->compat_props, arm_rhel_9_6_compat, G_N_ELEMENTS(arm_rhel_9_6_compat));
                }
                DEFINE_RHEL_MACHINE(9, 6, 0)
                """;
        TableImport read = QemuSourceReader.read(text, null);
        assertThat(read.table().machineTypes())
                .extracting(machineType -> machineType.name() + " <- " + machineType.inheritsFrom())
                .containsExactlyInAnyOrder("virt-rhel9.6.0 <- virt-rhel10.0.0", "virt-rhel10.0.0 <- null");
        assertThat(read.table().entriesOf("virt-rhel9.6.0")).hasSize(1);
    }

    @Test
    void arraysAloneGoToTheMachineTypesThatTheirNamesSay() {
        String text = """
                static GlobalProperty arm_virt_compat_10_1[] = {
                    { TYPE_ARM_CPU, "x-mig-hidden-regs", "0x603000000013c4f6" },
                };
                static GlobalProperty arm_virt_rhel_compat_9_6_0[] = {
                    { TYPE_ARM_CPU, "x-mig-hidden-regs", "0x6030000000160003" },
                };
                """;
        TableImport read = QemuSourceReader.read(text, null);
        assertThat(read.table().entries())
                .extracting(QemuSourceTests::identity)
                .containsExactlyInAnyOrder(
                        "virt-10.1 x-mig-hidden-regs PMMIR_EL1 any/*",
                        "virt-rhel9.6.0 x-mig-hidden-regs KVM_REG_ARM_VENDOR_HYP_BMAP_2 any/*");
        assertThat(read.parentsUnknown()).containsExactlyInAnyOrder("virt-10.1", "virt-rhel9.6.0");
        assertThat(read.remarks())
                .contains("no function of a machine type adds arm_virt_compat_10_1: its name says that it is for"
                        + " virt-10.1");
    }

    @Test
    void whatIsCompiledForCertainIsReadAndTheOtherBranchIsNot() {
        String text = """
                #ifndef HW_ARM_VIRT_COMPAT_H
                #define HW_ARM_VIRT_COMPAT_H
                static GlobalProperty arm_virt_compat_10_1[] = {
                #if 0 /* for later */
                    { TYPE_ARM_CPU, "x-mig-hidden-regs", "0x1" },
                #else
                    { TYPE_ARM_CPU, "x-mig-hidden-regs", "0x603000000013c4f6" },
                #endif
                #if 1
                    { TYPE_ARM_CPU, "x-mig-safe-missing-regs", "0x603000000013c103" },
                #elif defined(CONFIG_X)
                    { TYPE_ARM_CPU, "x-mig-safe-missing-regs", "0x2" },
                #else
                    { TYPE_ARM_CPU, "x-mig-safe-missing-regs", "0x3" },
                #endif
                };
                #endif
                """;
        assertThat(QemuSourceReader.read(text, null).table().entries())
                .extracting(QemuSourceTests::identity)
                .containsExactly(
                        "virt-10.1 x-mig-hidden-regs PMMIR_EL1 any/*",
                        "virt-10.1 x-mig-safe-missing-regs TCR2_EL1 any/*");
        assertThat(problem(text.replace("#if 1", "#ifdef CONFIG_KVM")))
                .startsWith("line 10, column 5: x-mig-safe-missing-regs is set between #if and #endif");
        assertThat(problem(text.replace("HW_ARM_VIRT_COMPAT_H\n#define", "CONFIG_OLD\n#define")))
                .startsWith("line 7, column 5: x-mig-hidden-regs is set between #if and #endif");
    }

    @Test
    void aPatchIsRefusedAsOne() {
        assertThat(problem("""
                        --- a/hw/arm/virt.c
                        +++ b/hw/arm/virt.c
                        @@ -99,6 +99,9 @@ static GlobalProperty arm_virt_compat[] = {
                        +    { TYPE_ARM_CPU, "x-mig-hidden-regs", "0x6030000000160003" },
                        """)).isEqualTo("this is a patch: say so with form=patch");
    }

    @Test
    void anArrayThatNothingAddsNeedsItsMachineType() {
        String text =
                "static GlobalProperty a[] = {\n    { TYPE_ARM_CPU, \"x-mig-hidden-regs\", \"0x6030000000160003\" }\n};\n";
        assertThat(problem(text))
                .isEqualTo(
                        "line 1, column 23: no function of a machine type adds a with compat_props_add(), so it is not"
                                + " known whose it is: say for which machine type to read it");
        assertThat(QemuSourceReader.read(text, "virt-9.2").table().entries())
                .extracting(QemuSourceTests::line)
                .containsExactly("virt-9.2 x-mig-hidden-regs KVM_REG_ARM_VENDOR_HYP_BMAP_2 any/*: Imported from QEMU's"
                        + " sources, array a, line 2, which has no comment.");
    }

    @Test
    void whatIsNotUnderstoodIsRefusedWithItsPlace() {
        String good = virt();
        assertThat(problem(good.replace("\"0x6030000000160003\"", "SOME_REGS")))
                .isEqualTo("line 39, column 42: 'SOME_REGS' is not understood here: write a string, a macro that this"
                        + " source defines as one, or stringify() of a number");
        assertThat(problem(good.replace("\"0x6030000000160003\"", "\"6030000000160003f\"")))
                .isEqualTo("line 39, column 42: at position 16 of the value \"6030000000160003f\":"
                        + " '6030000000160003f' is hexadecimal without 0x, which QEMU refuses: write"
                        + " 0x6030000000160003f");
        assertThat(problem(good.replace("{ \"virtio-net-pci\", \"host_uso\", \"off\" }", "NET_COMPAT")))
                .isEqualTo(
                        "line 43, column 5: 'NET_COMPAT' is not understood in a GlobalProperty array: write { driver,"
                                + " property, value }");
        assertThat(problem(good.replace("{ TYPE_ARM_CPU, \"x-mig-h", "{ \"max-arm-cpu\", \"x-mig-h")))
                .isEqualTo("line 39, column 5: x-mig-hidden-regs is set for driver 'max-arm-cpu', but entries hold for"
                        + " every CPU model: write TYPE_ARM_CPU");
        assertThat(problem(good.replace("#if 0", "#ifdef CONFIG_X")))
                .isEqualTo("line 49, column 36: x-mig-hidden-regs is set between #if and #endif: whether it holds"
                        + " depends on how QEMU is built; leave the other branch out");
        assertThat(problem(good.replace(
                        "    compat_props_add(mc->compat_props,\n                     arm",
                        "    if (x) compat_props_add(mc->compat_props,\n                     arm")))
                .isEqualTo(
                        "line 78, column 12: whether arm_virt_kernel_compat_10_1 is added depends on something: add it"
                                + " always, or leave it out");
        assertThat(problem(good.replace("arm_virt_compat_defaults,\n", "arm_virt_compat_10_2,\n")))
                .startsWith(
                        "line 54, column 5: arm_virt_compat_set() adds arm_virt_compat_10_2, but belongs to no machine"
                                + " type");
        assertThat(problem(good.replace(
                        "virt_machine_11_0_options(MachineClass *mc)\n{",
                        "virt_machine_11_0_options(MachineClass *mc)\n{\n    virt_machine_10_1_options(mc);")))
                .contains("the machine types inherit in a circle");
        assertThat(problem(good + "static int x[] = { 1, 2;\n"))
                .isEqualTo("line 93, column 18: this '{' is never closed");
        assertThat(problem(good + "/* the end"))
                .isEqualTo("line 93, column 1: this comment is never closed: */ is missing");
    }

    @Test
    void macrosMayMakeUpValuesAndWholeElements() {
        String text = """
                #define TYPE_ARM_CPU "arm-cpu"
                #define TCR2 0x603000000013c103
                #define PIR "0x603000000013c513"
                // spurious before 6.13
                #define SPURIOUS { .driver = TYPE_ARM_CPU, .property = "x-mig-safe-" "missing-regs", \\
                                   .value = stringify(TCR2) ", " PIR },
                static GlobalProperty rhel_compat[] = {
                    SPURIOUS
                    { /* end of list */ }
                };
                static void virt_rhel_machine_9_6_0_options(MachineClass *mc)
                {
                    compat_props_add(mc->compat_props, rhel_compat, G_N_ELEMENTS(rhel_compat));
                }
                """;
        assertThat(QemuSourceReader.read(text, null).table().entries())
                .extracting(QemuSourceTests::line)
                .containsExactly(
                        "virt-rhel9.6.0 x-mig-safe-missing-regs TCR2_EL1 any/*: spurious before 6.13",
                        "virt-rhel9.6.0 x-mig-safe-missing-regs PIR_EL1 any/*: spurious before 6.13");
    }

    @Test
    void anyTextIsReadOrRefusedWithItsPlace() {
        Property.holds(1000, given -> {
            String text = given.any(nearlyC());
            try {
                assertThat(QemuSourceReader.read(text, null)).isNotNull();
            } catch (UnreadableTableException refused) {
                assertThat(refused.problems()).isNotEmpty();
            }
        });
    }

    @Test
    void aDamagedSourceIsReadOrRefusedWithItsPlace() {
        Property.holds(300, given -> {
            String text = given.any(damaged());
            try {
                assertThat(QemuSourceReader.read(text, "virt-9.2")).isNotNull();
            } catch (UnreadableTableException refused) {
                assertThat(refused.problems()).isNotEmpty();
            }
        });
    }

    private static Generator<ProposedTable> tables() {
        return ProposedTables.any();
    }

    private static Generator<String> nearlyC() {
        return Generator.of(
                        "GlobalProperty",
                        " a",
                        "[",
                        "]",
                        "=",
                        "{",
                        "}",
                        "(",
                        ")",
                        ",",
                        ";",
                        "\"x-mig-hidden-regs\"",
                        "\"arm-cpu\"",
                        "\"0x1\"",
                        "stringify",
                        "#define X X Y\n",
                        "#define Y X\n",
                        "X",
                        "\n#if 0\n",
                        "\n#if 1\n",
                        "\n#elif A\n",
                        "\n#else\n",
                        "\n#endif\n",
                        "/*",
                        "*/",
                        "//",
                        "\\\n",
                        "\\",
                        "'",
                        "\"",
                        "compat_props_add",
                        "virt_machine_1_2_options",
                        "virt_machine_1_2_mig_compat",
                        "\n",
                        ".",
                        "#")
                .list(0, 40)
                .map(parts -> String.join("", parts));
    }

    private static Generator<String> damaged() {
        String good = virt();
        return given -> {
            int at = given.any(Generator.integers(0, good.length() - 1));
            String put = given.any(Generator.of("", "\"", "\n", "{", "}", "(", ",", "#", "/*", "\\"));
            return good.substring(0, at) + put + good.substring(at + 1);
        };
    }

    private static String line(EntryContent entry) {
        return identity(entry) + ": " + entry.rationale().replace("\n", " | ");
    }

    private static String identity(EntryContent entry) {
        return entry.machineType() + " " + entry.property() + " "
                + entry.register().name() + " " + entry.kernels();
    }

    /** As a form without kernels has them: each register once. */
    private static List<String> identities(List<EntryContent> entries) {
        return entries.stream()
                .map(entry -> entry.machineType() + " " + entry.property() + " "
                        + entry.register().name() + " any/*")
                .distinct()
                .toList();
    }

    private static String problem(String text) {
        return catchThrowableOfType(UnreadableTableException.class, () -> QemuSourceReader.read(text, null))
                .getMessage();
    }

    private static String virt() {
        try (InputStream resource =
                Objects.requireNonNull(QemuSourceTests.class.getResourceAsStream("/qemusource/virt.c"))) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
