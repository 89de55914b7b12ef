package org.migreg.format.qemusource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.migreg.policy.CompatProperty;
import org.migreg.policy.EntryContent;
import org.migreg.policy.PolicyTable;
import org.migreg.policy.PolicyUnion;
import org.migreg.policy.PolicyUnion.Scope;
import org.migreg.policy.ProposedTables;
import org.migreg.policy.ValueCondition;
import org.migreg.policy.change.ProposedTable;
import org.migreg.policy.exchange.TablePatch;
import org.migreg.policy.exchange.UnreadableTableException;
import org.migreg.property.Generator;
import org.migreg.property.Property;

class PatchReaderTests {

    private static final PolicyTable SERIES = ProposedTables.policies(ProposedTables.ofTheSeries());

    private static List<String> settings(List<EntryContent> entries) {
        return entries.stream()
                .map(entry -> entry.machineType() + " " + entry.property() + " "
                        + entry.register().name())
                .sorted()
                .toList();
    }

    private static List<String> after(TablePatch patch, PolicyTable table) {
        ProposedTable completed = patch.completedFrom(table).table();
        return settings(completed.entries());
    }

    @Test
    void anArrayThatIsAddedBecomesEntriesWithItsCommentsAsRationales() {
        TablePatch patch = PatchReader.read("""
                From 1234 Mon Sep 17 00:00:00 2001
                Subject: [PATCH] hw/arm/virt: it's one more compat array

                diff --git a/hw/arm/virt.c b/hw/arm/virt.c
                index 1..2 100644
                --- a/hw/arm/virt.c
                +++ b/hw/arm/virt.c
                @@ -100,3 +100,15 @@ static void virt_set_x(void)
                  * the end of a comment that isn't here
                  */
                +static GlobalProperty arm_virt_compat_10_2[] = {
                +    /* PMMIR_EL1: listed from Linux 7.3 on */
                +    { TYPE_ARM_CPU, "x-mig-safe-missing-regs",
                +      "0x603000000013c4f6" },
                +};
                +static const size_t arm_virt_compat_10_2_len =
                +    G_N_ELEMENTS(arm_virt_compat_10_2);
                +
                 static void virt_machine_10_2_options(MachineClass *mc)
                +{
                +    compat_props_add(mc->compat_props, arm_virt_compat_10_2,
                +                     arm_virt_compat_10_2_len);
                +}
                """, null);
        assertThat(patch.removed()).isEmpty();
        assertThat(settings(patch.added())).containsExactly("virt-10.2 x-mig-safe-missing-regs PMMIR_EL1");
        assertThat(patch.added().getFirst().rationale()).isEqualTo("listed from Linux 7.3 on");
        assertThat(after(patch, SERIES))
                .containsExactly(
                        "virt-10.2 x-mig-safe-missing-regs DBGDTRTX", "virt-10.2 x-mig-safe-missing-regs PMMIR_EL1");
    }

    @Test
    void aChangedValueAddsAndRemovesTheRegistersThatDiffer() {
        TablePatch patch = PatchReader.read("""
                --- a/hw/arm/virt.c
                +++ b/hw/arm/virt.c
                @@ -38,8 +38,8 @@ static GlobalProperty arm_virt_compat_10_1[] = {
                     { TYPE_ARM_CPU, "x-mig-hidden-regs",
                -      "0x6030000000160003" },
                +      "0x6030000000160002" },
                     { TYPE_ARM_CPU, "x-mig-safe-missing-regs",
                -      "0x603000000013c103, 0x603000000013c512, "
                -      "0x603000000013c513" },
                +      "0x603000000013c103, 0x603000000013c513" },
                 };
                 static const size_t arm_virt_compat_10_1_len =
                     G_N_ELEMENTS(arm_virt_compat_10_1);
                """, null);
        assertThat(settings(patch.added())).containsExactly("virt-10.1 x-mig-hidden-regs KVM_REG_ARM_VENDOR_HYP_BMAP");
        assertThat(after(patch, SERIES))
                .containsExactly(
                        "virt-10.1 x-mig-hidden-regs KVM_REG_ARM_VENDOR_HYP_BMAP",
                        "virt-10.1 x-mig-safe-missing-regs PIR_EL1",
                        "virt-10.1 x-mig-safe-missing-regs TCR2_EL1");
        // Host kernels, conditions and references of what stays are those of the registry.
        assertThat(patch.completedFrom(SERIES).table().entries())
                .filteredOn(entry -> entry.property() == CompatProperty.SAFE_MISSING_REGS)
                .allSatisfy(entry -> assertThat(entry.kernels()).hasToString("upstream/>=6.13"));
    }

    @Test
    void tolerancesOfAPatchAreForTheMachineTypeThatIsGiven() {
        String text = """
                --- a/target/arm/cpu64.c
                +++ b/target/arm/cpu64.c
                @@ -820,6 +820,8 @@ static void kvm_arm_set_cpreg_mig_tolerances(ARMCPU *cpu)
                     arm_register_cpreg_mig_tolerance(cpu, ARM64_SYS_REG(3, 0, 2, 0, 3),
                                                      0, 0, ToleranceNotOnBothEnds);
                +    arm_register_cpreg_mig_tolerance(cpu, KVM_REG_ARM_FW_FEAT_BMAP_REG(3),
                +                                     UINT64_MAX, 0, ToleranceOnlySrcTestValue);
                 }
                """;
        TablePatch patch = PatchReader.read(text, "virt-11.0");
        assertThat(settings(patch.added()))
                .containsExactly("virt-11.0 x-mig-safe-missing-regs KVM_REG_ARM_VENDOR_HYP_BMAP_2");
        assertThat(patch.added().getFirst().condition()).isEqualTo(ValueCondition.ZERO);
        assertRefused(text, "tolerances hold for every machine type of a QEMU: say with machineType");
    }

    @Test
    void anElementThatIsShownInPartIsRefusedSayingHowToShowItAll() {
        assertRefused("""
                --- a/hw/arm/virt.c
                +++ b/hw/arm/virt.c
                @@ -40,3 +40,3 @@ static GlobalProperty arm_virt_compat_10_1[] = {
                       "0x603000000013c103, 0x603000000013c512, "
                -      "0x603000000013c513" },
                +      "0x603000000013c513, 0x603000000013c4f6" },
                 };
                """, "git diff --function-context");
        assertRefused("@@ -1,9 +1,9 @@\n-a\n+b\nAnd so on", "is not all there");
        assertRefused("--- a/x.py\n+++ b/x.py\n@@ -1 +1 @@\n-a\n+b\n", "changes no C source");
    }

    private static void assertRefused(String text, String why) {
        assertThatExceptionOfType(UnreadableTableException.class)
                .isThrownBy(() -> PatchReader.read(text, null))
                .withMessageContaining(why);
    }

    /** The source of every machine type's own entries. */
    private static String source(PolicyTable table) {
        return table.machineTypes().stream()
                .map(machineType -> QemuSourceWriter.write(
                                PolicyUnion.ofAllEntries(table, machineType.name(), Scope.OWN))
                        .text())
                .collect(Collectors.joining("\n"));
    }

    /** A unified diff with all of both texts: what they share at the beginning and at the end, and the rest. */
    private static String diff(String before, String after) {
        List<String> from = before.lines().toList();
        List<String> to = after.lines().toList();
        int same = 0;
        while (same < Math.min(from.size(), to.size()) && from.get(same).equals(to.get(same))) {
            same++;
        }
        StringBuilder diff = new StringBuilder(
                "--- a/hw/arm/virt.c\n+++ b/hw/arm/virt.c\n@@ -1," + from.size() + " +1," + to.size() + " @@\n");
        from.subList(0, same).forEach(line -> diff.append(' ').append(line).append('\n'));
        from.subList(same, from.size())
                .forEach(line -> diff.append('-').append(line).append('\n'));
        to.subList(same, to.size())
                .forEach(line -> diff.append('+').append(line).append('\n'));
        return diff.toString();
    }

    @Test
    void theDiffOfTwoTablesInCMakesTheOneOfTheOther() {
        Property.holds(300, given -> {
            PolicyTable before = ProposedTables.policies(given.any(ProposedTables.any()));
            PolicyTable wanted = ProposedTables.policies(given.any(ProposedTables.any()));
            TablePatch patch = PatchReader.read(diff(source(before), source(wanted)), null);
            List<String> changed = patch.machineTypes().stream().sorted().toList();
            List<String> inherited = wanted.allEntries().stream()
                    .filter(entry -> isInherited(wanted, entry.content()))
                    .map(entry -> entry.content())
                    .collect(Collectors.collectingAndThen(Collectors.toList(), PatchReaderTests::settings));
            List<String> expected = settings(wanted.allEntries().stream()
                    .map(entry -> entry.content())
                    .filter(entry -> changed.contains(entry.machineType()))
                    .toList());
            assertThat(after(patch, before).stream().distinct().toList())
                    .containsAll(expected.stream()
                            .filter(setting -> !inherited.contains(setting))
                            .toList());
            assertThat(expected).containsAll(after(patch, before));
        });
    }

    private static boolean isInherited(PolicyTable table, EntryContent entry) {
        String next = table.machineType(entry.machineType()).inheritsFrom();
        while (next != null) {
            String ancestor = next;
            if (table.ownEntries(ancestor).stream()
                    .anyMatch(own -> own.content().setting().equals(entry.setting()))) {
                return true;
            }
            next = table.machineType(ancestor).inheritsFrom();
        }
        return false;
    }

    @Test
    void whateverAPatchHasItIsReadOrRefused() {
        Generator<String> line = Generator.of(
                "@@ -1,2 +1,3 @@ static GlobalProperty arm_virt_compat_10_1[] = {",
                "@@ -1 +1 @@",
                "+++ b/hw/arm/virt.c",
                "+    { TYPE_ARM_CPU, \"x-mig-hidden-regs\", \"0x6030000000160003\" },",
                "-    { TYPE_ARM_CPU, \"x-mig-hidden-regs\",",
                " };",
                "+/* it's",
                " \"0x603000000013c513\" },",
                "-}",
                "\\\\ No newline at end of file",
                "",
                "+arm_register_cpreg_mig_tolerance(cpu, 3, 0, 0, ToleranceNotOnBothEnds);");
        Property.holds(1000, given -> {
            String text = String.join("\n", given.any(line.list(0, 12)));
            try {
                assertThat(PatchReader.read(text, "virt-10.1")).isNotNull();
            } catch (UnreadableTableException refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
        });
    }
}
