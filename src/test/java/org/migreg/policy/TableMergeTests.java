package org.migreg.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.migreg.hostkernel.KernelRange;
import org.migreg.policy.change.TableDifference;
import org.migreg.policy.change.TableEdit;
import org.migreg.policy.change.TableMerge;
import org.migreg.policy.change.TableMerge.Thing;
import org.migreg.qemu.MachineType;
import org.migreg.register.RegisterId;

/** A change meets what others changed in the meantime. */
class TableMergeTests {

    private static final MachineType NEWER = machineType("virt-2", null, "");
    private static final MachineType OLDER = machineType("virt-1", "virt-2", "");
    private static final PolicyEntry TCR2 = entry(1, "virt-1", "TCR2_EL1", ">=6.13", "known event");
    private static final PolicyEntry PIR = entry(2, "virt-1", "PIR_EL1", ">=6.13", "known event");

    private static final PolicyTable BASE = table(List.of(NEWER, OLDER), TCR2, PIR);

    private static MachineType machineType(String name, @Nullable String parent, String description) {
        return new MachineType(name, "aarch64", parent, description);
    }

    private static PolicyEntry entry(long id, String machineType, String register, String range, String rationale) {
        return new PolicyEntry(
                id,
                new EntryContent(
                        machineType,
                        CompatProperty.SAFE_MISSING_REGS,
                        RegisterId.parseLenient(register),
                        KernelRange.parse("upstream/" + range),
                        null,
                        rationale));
    }

    private static PolicyTable table(List<MachineType> machineTypes, PolicyEntry... entries) {
        return PolicyTable.of(machineTypes, Arrays.asList(entries));
    }

    private static PolicyTable table(PolicyEntry... entries) {
        return table(List.of(NEWER, OLDER), entries);
    }

    private static void assertMerges(PolicyTable wanted, PolicyTable current, String... sentences) {
        TableMerge merge = TableMerge.of(BASE, wanted, current);
        assertThat(merge.conflicts()).isEmpty();
        assertThat(merge.difference().sentences()).containsExactly(sentences);
    }

    private static void assertConflict(PolicyTable wanted, PolicyTable current, TableMerge.Conflict conflict) {
        assertThat(TableMerge.of(BASE, wanted, current).conflicts()).containsExactly(conflict);
    }

    @Test
    void whatOthersLeftAloneIsCarriedOver() {
        PolicyEntry longer = entry(1, "virt-1", "TCR2_EL1", ">=6.12", "known event");
        PolicyEntry reworded = entry(2, "virt-1", "PIR_EL1", ">=6.13", "others say it better");
        assertMerges(
                table(longer, PIR),
                table(TCR2, reworded),
                "entry 1 of virt-1 (x-mig-safe-missing-regs, TCR2_EL1, upstream/>=6.13) changed: kernels from"
                        + " 'upstream/>=6.13' to 'upstream/>=6.12'");
        assertMerges(
                table(PIR),
                table(TCR2, reworded),
                "entry 1 of virt-1 (x-mig-safe-missing-regs, TCR2_EL1, upstream/>=6.13) removed");
        assertMerges(
                table(List.of(NEWER, OLDER, machineType("virt-0", "virt-1", "")), TCR2, PIR),
                table(TCR2),
                "machine type virt-0 added");
    }

    @Test
    void whatOthersDidJustSoIsDoneAlready() {
        PolicyEntry longer = entry(1, "virt-1", "TCR2_EL1", ">=6.12", "known event");
        assertMerges(table(longer, PIR), table(longer, PIR));
        assertMerges(table(PIR), table(PIR));
        // Each side numbers its new entries for itself.
        assertMerges(
                table(TCR2, PIR, entry(3, "virt-2", "FPMR", "*", "alike")),
                table(TCR2, PIR, entry(7, "virt-2", "FPMR", "*", "alike")));
    }

    @Test
    void oneEntryChangedInTwoWaysIsAConflict() {
        PolicyEntry mine = entry(1, "virt-1", "TCR2_EL1", ">=6.12", "known event");
        PolicyEntry theirs = entry(1, "virt-1", "TCR2_EL1", ">=6.13", "reworded");
        Thing entry = new Thing.OfEntry("virt-1", 1);
        String wanted = "x-mig-safe-missing-regs for TCR2_EL1 on upstream/>=6.12, 'known event'";
        String found = "x-mig-safe-missing-regs for TCR2_EL1 on upstream/>=6.13, 'reworded'";

        assertConflict(table(mine, PIR), table(theirs, PIR), new TableMerge.Conflict(entry, wanted, found, entry));
        assertConflict(table(PIR), table(theirs, PIR), new TableMerge.Conflict(entry, "not there", found, entry));
        assertConflict(table(mine, PIR), table(PIR), new TableMerge.Conflict(entry, wanted, "not there", entry));
    }

    @Test
    void aNewEntryThatOthersAddedForAnotherReasonIsAConflictWithTheirs() {
        PolicyEntry mine = entry(3, "virt-2", "FPMR", "*", "mine");
        PolicyEntry theirs = entry(7, "virt-2", "FPMR", "*", "theirs");
        Thing entry = new Thing.OfEntry("virt-2", 7);

        assertConflict(
                table(TCR2, PIR, mine),
                table(TCR2, PIR, theirs),
                new TableMerge.Conflict(
                        entry,
                        "x-mig-safe-missing-regs for FPMR on upstream/*, 'mine'",
                        "x-mig-safe-missing-regs for FPMR on upstream/*, 'theirs'",
                        entry));
    }

    @Test
    void aDeletionDoesNotTakeAlongWhatItsAuthorNeverSaw() {
        PolicyTable wanted = table(List.of(NEWER));
        PolicyEntry added = entry(7, "virt-1", "FPMR", "*", "theirs");

        assertMerges(
                wanted,
                BASE,
                "machine type virt-1 removed",
                "entry 1 of virt-1 (x-mig-safe-missing-regs, TCR2_EL1, upstream/>=6.13) removed",
                "entry 2 of virt-1 (x-mig-safe-missing-regs, PIR_EL1, upstream/>=6.13) removed");
        TableMerge withNewEntry = TableMerge.of(BASE, wanted, table(TCR2, PIR, added));
        assertThat(withNewEntry.conflicts()).singleElement().satisfies(conflict -> {
            assertThat(conflict.thing()).hasToString("machine type virt-1");
            assertThat(conflict.changed()).hasToString("entry 7 of virt-1");
        });
        TableMerge withHeir = TableMerge.of(
                BASE, wanted, table(List.of(NEWER, OLDER, machineType("virt-0", "virt-1", "")), TCR2, PIR));
        assertThat(withHeir.conflicts())
                .singleElement()
                .extracting(conflict -> conflict.changed().toString(), TableMerge.Conflict::found)
                .containsExactly("machine type virt-0", "virt-0 inherits from it");
    }

    @Test
    void whatHangsOnAMachineTypeThatOthersDeletedIsAConflictWithTheDeletion() {
        PolicyTable current = table(List.of(machineType("virt-1", null, "")), TCR2, PIR);
        Thing gone = new Thing.OfMachineType("virt-2");

        assertThat(TableMerge.of(BASE, table(TCR2, PIR, entry(3, "virt-2", "FPMR", "*", "mine")), current)
                        .conflicts())
                .extracting(TableMerge.Conflict::changed)
                .containsExactly(gone);
        assertThat(TableMerge.of(
                                BASE,
                                table(List.of(NEWER, OLDER, machineType("virt-0", "virt-2", "")), TCR2, PIR),
                                current)
                        .conflicts())
                .extracting(TableMerge.Conflict::changed)
                .containsExactly(gone);
    }

    @Test
    void differencesBecomeEditsThatMakeTheSecondTableOfTheFirst() {
        List<MachineType> machineTypes = new ArrayList<>(BASE.machineTypes());
        machineTypes.removeFirst();
        machineTypes.add(machineType("virt-3", null, "newest"));
        PolicyTable after = table(machineTypes, entry(9, "virt-2", "FPMR", "*", "new"));

        assertThat(TableDifference.between(BASE, after).toEdits())
                .containsExactly(
                        new TableEdit.PutMachineType(machineType("virt-3", null, "newest")),
                        new TableEdit.AddEntry(
                                entry(9, "virt-2", "FPMR", "*", "new").content()),
                        new TableEdit.DeleteMachineType("virt-1"));
        assertThat(TableDifference.between(BASE, BASE).isEmpty()).isTrue();
    }
}
