package org.migreg.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.migreg.hostkernel.KernelRange;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.policy.PolicyTable.InvalidTableException;
import org.migreg.policy.PolicyTable.Reason;
import org.migreg.property.Generator;
import org.migreg.property.Property;
import org.migreg.qemu.MachineType;
import org.migreg.register.RegisterId;

class PolicyTableTests {

    private static final List<MachineType> CHAIN = List.of(
            machineType("virt-11.0", null),
            machineType("virt-10.2", "virt-11.0"),
            machineType("virt-10.1", "virt-10.2"),
            machineType("virt-9.2", "virt-10.1"));

    private static MachineType machineType(String name, String inheritsFrom) {
        return new MachineType(name, "aarch64", inheritsFrom, "");
    }

    private static PolicyEntry hidden(long id, String machineType, String register, String range) {
        return entry(id, machineType, CompatProperty.HIDDEN_REGS, register, range, null);
    }

    private static PolicyEntry safeMissing(long id, String machineType, String register, String range) {
        return entry(id, machineType, CompatProperty.SAFE_MISSING_REGS, register, range, null);
    }

    private static PolicyEntry entry(
            long id,
            String machineType,
            CompatProperty property,
            String register,
            String range,
            ValueCondition condition) {
        return new PolicyEntry(
                id,
                new EntryContent(
                        machineType,
                        property,
                        RegisterId.parseLenient(register),
                        range.equals("any") ? KernelRange.any() : KernelRange.parse("upstream/" + range),
                        condition,
                        "a test"));
    }

    private static EffectivePolicy policy(String machineType, String kernel, PolicyEntry... entries) {
        return EffectivePolicy.of(PolicyTable.of(CHAIN, List.of(entries)), machineType, KernelRelease.parse(kernel));
    }

    @Test
    void anOlderMachineTypeInheritsEveryNewerOnesEntriesInOneArray() {
        PolicyEntry[] entries = {
            safeMissing(1, "virt-11.0", "TCR2_EL1", "any"),
            safeMissing(2, "virt-10.2", "PIR_EL1", "any"),
            safeMissing(3, "virt-10.1", "DBGDTRTX", "any"),
            hidden(4, "virt-10.1", "FPMR", "any"),
        };
        CompatProperty property = CompatProperty.SAFE_MISSING_REGS;
        assertThat(policy("virt-11.0", "6.16.3", entries).propertyValue(property))
                .isEqualTo("0x603000000013c103");
        assertThat(policy("virt-10.2", "6.16.3", entries).propertyValue(property))
                .isEqualTo("0x603000000013c103,0x603000000013c513");
        assertThat(policy("virt-10.1", "6.16.3", entries).propertyValue(property))
                .isEqualTo("0x40200000200e0298,0x603000000013c103,0x603000000013c513");
        assertThat(policy("virt-9.2", "6.16.3", entries).propertyValue(property))
                .isEqualTo("0x40200000200e0298,0x603000000013c103,0x603000000013c513");
        assertThat(policy("virt-9.2", "6.16.3", entries).propertyValue(CompatProperty.HIDDEN_REGS))
                .isEqualTo("0x603000000013da22");
    }

    @Test
    void aRegisterSetAtTwoLevelsStandsOnceAndNamesBothEntriesOwnFirst() {
        EffectivePolicy policy = policy(
                "virt-10.1",
                "6.16.3",
                safeMissing(1, "virt-11.0", "TCR2_EL1", ">=6.13"),
                safeMissing(2, "virt-10.1", "TCR2_EL1", "any"));
        assertThat(policy.propertyValue(CompatProperty.SAFE_MISSING_REGS)).isEqualTo("0x603000000013c103");
        EffectivePolicy.Element element =
                policy.elements(CompatProperty.SAFE_MISSING_REGS).getFirst();
        assertThat(element.origins()).extracting(origin -> origin.entry().id()).containsExactly(2L, 1L);
        assertThat(element.explainingEntry().machineType()).isEqualTo("virt-10.1");
    }

    @Test
    void onlyEntriesForTheHostsKernelAreSet() {
        PolicyEntry[] entries = {
            safeMissing(1, "virt-11.0", "TCR2_EL1", ">=6.13"), safeMissing(2, "virt-11.0", "PIR_EL1", "<6.13")
        };
        assertThat(policy("virt-11.0", "6.12.5", entries).propertyValue(CompatProperty.SAFE_MISSING_REGS))
                .isEqualTo("0x603000000013c513");
        assertThat(policy("virt-11.0", "6.13.0", entries).propertyValue(CompatProperty.SAFE_MISSING_REGS))
                .isEqualTo("0x603000000013c103");
        // el10 backports under numbers of its own: no upstream range speaks of it.
        assertThat(policy("virt-11.0", "6.12.0-124.8.1.el10_1.aarch64", entries)
                        .elements(CompatProperty.SAFE_MISSING_REGS))
                .isEmpty();
    }

    @Test
    void whatCannotBeDecidedIsAnElementButNotToBePasted() {
        EffectivePolicy policy = policy(
                "virt-11.0",
                "6.1.0-50-arm64",
                safeMissing(1, "virt-11.0", "TCR2_EL1", ">=6.1.84"),
                safeMissing(2, "virt-11.0", "PIR_EL1", ">=6.1.84"),
                safeMissing(3, "virt-11.0", "PIR_EL1", "<6.13"));
        assertThat(policy.propertyValue(CompatProperty.SAFE_MISSING_REGS)).isEqualTo("0x603000000013c513");
        EffectivePolicy.Element open =
                policy.element(CompatProperty.SAFE_MISSING_REGS, RegisterId.parseLenient("TCR2_EL1"));
        assertThat(open.isDecided()).isFalse();
        assertThat(open.origins().getFirst().match().reason()).contains("6.1.84");
        EffectivePolicy.Element settled =
                policy.element(CompatProperty.SAFE_MISSING_REGS, RegisterId.parseLenient("PIR_EL1"));
        assertThat(settled.isDecided()).isTrue();
        assertThat(settled.explainingEntry().id()).isEqualTo(3);
        assertThat(policy.decidedIds(CompatProperty.SAFE_MISSING_REGS)).containsExactly(0x6030_0000_0013_c513L);
    }

    @Test
    void onAHostWhoseKernelIsNotKnownOnlyEntriesForEveryHostAreDecided() {
        PolicyTable table = PolicyTable.of(
                CHAIN, List.of(hidden(1, "virt-11.0", "TCR2_EL1", ">=6.13"), hidden(2, "virt-11.0", "PIR_EL1", "any")));
        EffectivePolicy policy = EffectivePolicy.of(table, "virt-11.0", null);
        assertThat(policy.propertyValue(CompatProperty.HIDDEN_REGS)).isEqualTo("0x603000000013c513");
        assertThat(policy.elements(CompatProperty.HIDDEN_REGS)).hasSize(2);
    }

    @Test
    void aPolicyThatSetsNothingHasNothingToPaste() {
        for (CompatProperty property : CompatProperty.values()) {
            assertThat(EffectivePolicy.nothing().propertyValue(property)).isEmpty();
            assertThat(policy("virt-11.0", "6.12.5").propertyValue(property)).isEmpty();
            assertThat(policy("virt-of-nobody", "6.12.5").elements(property)).isEmpty();
        }
    }

    @Test
    void handingOutIdsDoesNotHandOutTheArray() {
        EffectivePolicy policy = policy("virt-11.0", "6.16.3", hidden(1, "virt-11.0", "TCR2_EL1", "any"));
        policy.decidedIds(CompatProperty.HIDDEN_REGS)[0] = 0;
        assertThat(policy.decidedIds(CompatProperty.HIDDEN_REGS)).containsExactly(0x6030_0000_0013_c103L);
    }

    @Test
    void aTableThatDoesNotHoldTogetherIsRefusedSayingWhy() {
        refused(
                Reason.UNKNOWN_PARENT,
                "virt-9.1 inherits from virt-9.2, which does not exist",
                List.of(machineType("virt-9.1", "virt-9.2")));
        refused(
                Reason.CYCLE,
                "a -> b -> c -> a",
                List.of(machineType("a", "b"), machineType("b", "c"), machineType("c", "a")));
        // A tail that leads into a circle it is no part of.
        refused(Reason.CYCLE, "circle", List.of(machineType("z", "a"), machineType("a", "b"), machineType("b", "a")));
        refused(
                Reason.UNKNOWN_MACHINE_TYPE,
                "entry 7 belongs to machine type virt-8.0, which does not exist",
                CHAIN,
                hidden(7, "virt-8.0", "TCR2_EL1", "any"));
        refused(
                Reason.DUPLICATE_ENTRY,
                "entry 7 already",
                CHAIN,
                hidden(7, "virt-10.1", "TCR2_EL1", ">=6.13"),
                hidden(8, "virt-10.1", "TCR2_EL1", "<6.2"),
                hidden(9, "virt-10.1", "TCR2_EL1", ">=6.13"));
    }

    @Test
    void entriesThatDifferInAnythingThatMattersAreNoDuplicates() {
        ValueCondition condition = new ValueCondition(-1, 0);
        PolicyTable table = PolicyTable.of(
                CHAIN,
                List.of(
                        safeMissing(1, "virt-10.1", "TCR2_EL1", ">=6.13"),
                        safeMissing(2, "virt-10.1", "TCR2_EL1", ">=6.14"),
                        safeMissing(3, "virt-10.1", "PIR_EL1", ">=6.13"),
                        safeMissing(4, "virt-10.2", "TCR2_EL1", ">=6.13"),
                        hidden(5, "virt-10.1", "TCR2_EL1", ">=6.13"),
                        entry(6, "virt-10.1", CompatProperty.SAFE_MISSING_REGS, "TCR2_EL1", ">=6.13", condition)));
        assertThat(table.allEntries()).hasSize(6);
        assertThat(table.entry("virt-10.2", 4).register().name()).isEqualTo("TCR2_EL1");
        assertThat(table.entry("virt-10.1", 4)).isNull();
        assertThat(table.ownEntries("virt-9.2")).isEmpty();
    }

    private static void refused(Reason reason, String message, List<MachineType> machineTypes, PolicyEntry... entries) {
        assertThatExceptionOfType(InvalidTableException.class)
                .isThrownBy(() -> PolicyTable.of(machineTypes, List.of(entries)))
                .withMessageContaining(message)
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(reason));
    }

    @Test
    void machineTypesStandInTheOrderOfTheirVersions() {
        PolicyTable table = PolicyTable.of(
                List.of(
                        machineType("virt-10.1", null),
                        machineType("virt-9.2", null),
                        machineType("virt-rhel9.6.0", null),
                        machineType("virt-rhel10.0.0", null),
                        machineType("virt", null),
                        machineType("virt-10.10", null),
                        machineType("virt-2.6", null)),
                List.of());
        assertThat(table.machineTypes())
                .extracting(MachineType::name)
                .containsExactly(
                        "virt", "virt-2.6", "virt-9.2", "virt-10.1", "virt-10.10", "virt-rhel9.6.0", "virt-rhel10.0.0");
    }

    @Test
    void theChainAndTheHeirsAreTheInheritance() {
        PolicyTable table = PolicyTable.of(CHAIN, List.of());
        assertThat(table.inheritanceChain("virt-10.1")).containsExactly("virt-10.1", "virt-10.2", "virt-11.0");
        assertThat(table.heirs("virt-10.2")).containsExactly("virt-10.1");
        assertThat(table.heirs("virt-9.2")).isEmpty();
        assertThat(table.inheritanceChain("virt-of-nobody")).isEmpty();
    }

    private static Generator<String> names() {
        return Generator.of("virt", "-", ".", "1", "01", "9", "10", "rhel", "a")
                .list(1, 5)
                .map(parts -> "v" + String.join("", parts));
    }

    @Test
    void theOrderOfMachineTypesIsTotal() {
        Property.holds(2000, given -> {
            String a = given.any(names());
            String b = given.any(names());
            String c = given.any(names());
            int ab = Integer.signum(MachineTypeNames.ORDER.compare(a, b));
            assertThat(ab).isEqualTo(-Integer.signum(MachineTypeNames.ORDER.compare(b, a)));
            assertThat(ab == 0).isEqualTo(a.equals(b));
            if (ab < 0 && MachineTypeNames.ORDER.compare(b, c) < 0) {
                assertThat(MachineTypeNames.ORDER.compare(a, c)).isNegative();
            }
        });
    }

    private static Generator<Map<String, List<Integer>>> placements() {
        return Generator.maps(
                Generator.of("virt-11.0", "virt-10.2", "virt-10.1", "virt-9.2"),
                Generator.integers(0, 30).set(0, 6).map(List::copyOf),
                4);
    }

    @Test
    void theMergeIsTheUnionOverTheChain() {
        Property.holds(300, given -> {
            Map<String, List<Integer>> placements = given.any(placements());
            List<PolicyEntry> entries = new java.util.ArrayList<>();
            placements.forEach((machineType, indices) -> indices.forEach(index -> entries.add(safeMissing(
                    entries.size() + 1L, machineType, "0x603000000013c" + String.format("%03x", index), "any"))));
            PolicyTable table = PolicyTable.of(CHAIN, entries);
            TreeMap<String, Boolean> union = new TreeMap<>();
            for (String machineType : List.of("virt-11.0", "virt-10.2", "virt-10.1", "virt-9.2")) {
                placements
                        .getOrDefault(machineType, List.of())
                        .forEach(index -> union.put("0x603000000013c" + String.format("%03x", index), true));
                assertThat(EffectivePolicy.of(table, machineType, null).propertyValue(CompatProperty.SAFE_MISSING_REGS))
                        .isEqualTo(String.join(",", union.keySet()));
            }
        });
    }

    @Test
    void anEntryThatCouldNeverActIsRefused() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> hidden(1, "virt-10.1", "0x6030000000100000", "any"))
                .withMessageContaining("never stands in a register list");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new ValueCondition(0, 0))
                .withMessageContaining("would test nothing");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new ValueCondition(0xf0, 0x10f))
                .withMessageContaining("could never be met");
        ValueCondition condition = new ValueCondition(0xf, 1);
        assertThat(condition.isMetBy(0xfff1)).isTrue();
        assertThat(condition.isMetBy(0xfff3)).isFalse();
        assertThat(new ValueCondition(-1, 0).isMetBy(Long.MIN_VALUE)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void anEntryWithoutARationaleIsRefused(String rationale) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new PolicyEntry(
                        1,
                        new EntryContent(
                                "virt-10.1",
                                CompatProperty.HIDDEN_REGS,
                                RegisterId.parseLenient("TCR2_EL1"),
                                KernelRange.any(),
                                null,
                                rationale)))
                .withMessageContaining("must say why");
    }

    @Test
    void propertiesAreReadByQemusNamesAlone() {
        for (CompatProperty property : CompatProperty.values()) {
            assertThat(CompatProperty.parse(property.toString())).isEqualTo(property);
        }
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> CompatProperty.parse("hidden"))
                .withMessageContaining("x-mig-hidden-regs or x-mig-safe-missing-regs");
    }
}
