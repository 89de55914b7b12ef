package org.migreg.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.migreg.history.Change.Action;
import org.migreg.history.ExpectedVersion;
import org.migreg.hostkernel.KernelRange;
import org.migreg.policy.change.ProposedTable;
import org.migreg.policy.change.TableDifference;
import org.migreg.policy.change.TableDifference.EntryChange;
import org.migreg.policy.change.TableDifference.FieldChange;
import org.migreg.policy.change.TableDifference.MachineTypeChange;
import org.migreg.policy.change.TableEdit;
import org.migreg.policy.change.TablePlan;
import org.migreg.policy.change.TablePlan.Kept;
import org.migreg.policy.change.VersionedEdit;
import org.migreg.property.Generator;
import org.migreg.property.Property;
import org.migreg.qemu.MachineType;

class TablePlanTests {

    private static final ProposedTable SERIES = ProposedTables.ofTheSeries();
    private static final PolicyTable CURRENT = ProposedTables.policies(SERIES);

    @Test
    void theSameTableTwiceChangesNothing() {
        TablePlan plan = TablePlan.between(CURRENT, SERIES, true);
        assertThat(plan.difference().isEmpty()).isTrue();
        assertCounts(plan, 0, 0, 0, 8);
    }

    @Test
    void anEmptyRegistryGetsParentsBeforeTheirHeirs() {
        TablePlan plan = TablePlan.between(PolicyTable.empty(), SERIES, false);
        assertThat(plan.difference().inOrder().subList(0, 3))
                .extracting(TableDifference.Change::machineType)
                .containsExactly("virt-11.0", "virt-10.2", "virt-10.1");
        assertThat(plan.difference().inOrder())
                .filteredOn(change -> change instanceof EntryChange && change.action() == Action.ADDED)
                .hasSize(5);
    }

    @Test
    void aNewReasonChangesAnEntry() {
        ProposedTable wanted = with(entry -> entry.register().equals(ProposedTables.TCR2_EL1)
                ? copy(entry, entry.kernels(), "Linux 0fcb4eea5345 hides it.", List.of("Linux 0fcb4eea5345"))
                : entry);
        assertThat(TablePlan.between(CURRENT, wanted, false).difference().inOrder())
                .singleElement()
                .isInstanceOfSatisfying(EntryChange.class, change -> {
                    assertThat(change.id()).isEqualTo(2);
                    assertThat(change.action()).isEqualTo(Action.CHANGED);
                    assertThat(change.fields())
                            .containsExactly(
                                    new FieldChange(
                                            "rationale",
                                            "Exposed unconditionally before 6.13.",
                                            "Linux 0fcb4eea5345 hides it."),
                                    new FieldChange("references", "", "Linux 0fcb4eea5345"));
                });
    }

    @Test
    void anotherRangeChangesTheOnlyEntryOfARegister() {
        ProposedTable wanted = with(entry -> entry.register().equals(ProposedTables.TCR2_EL1)
                ? copy(entry, KernelRange.parse("upstream/>=6.14"), entry.rationale(), entry.references())
                : entry);
        assertThat(TablePlan.between(CURRENT, wanted, false).difference().inOrder())
                .singleElement()
                .isInstanceOfSatisfying(
                        EntryChange.class,
                        change -> assertThat(change.fields())
                                .containsExactly(new FieldChange("kernels", "upstream/>=6.13", "upstream/>=6.14")));
    }

    @Test
    void amongSeveralEntriesOfARegisterAnotherRangeIsAnotherEntry() {
        EntryContent el9 = tcr2("el9/>=5.14.0-503");
        EntryContent el10 = tcr2("el10/>=6.12.0-124");
        ProposedTable both = new ProposedTable(SERIES.covers(), SERIES.machineTypes(), List.of(el9, el10));
        ProposedTable wanted =
                new ProposedTable(SERIES.covers(), SERIES.machineTypes(), List.of(el9, tcr2("el10/>=6.12.0-55")));
        PolicyTable current = ProposedTables.policies(both);
        assertThat(TablePlan.between(current, wanted, true).difference().inOrder())
                .containsExactly(removed(entryFor(current, "el10/>=6.12.0-124")), added(tcr2("el10/>=6.12.0-55")));
        TablePlan withoutPruning = TablePlan.between(current, wanted, false);
        assertThat(withoutPruning.difference().inOrder()).containsExactly(added(tcr2("el10/>=6.12.0-55")));
        assertThat(withoutPruning.kept())
                .contains(new Kept("virt-10.1", entryFor(current, "el10/>=6.12.0-124"), false));
    }

    @Test
    void aFileOfOneMachineTypeNeverPrunesAnother() {
        ProposedTable wanted = new ProposedTable(
                ProposedTable.Covers.MACHINE_TYPES,
                List.of(new MachineType("virt-10.2", "aarch64", "virt-11.0", "the last with DBGDTRTX")),
                List.of());
        assertThat(TablePlan.between(CURRENT, wanted, true).difference().inOrder())
                .containsExactly(removed(CURRENT.ownEntries("virt-10.2").getFirst()));
    }

    @Test
    void pruningARegistryRemovesHeirsBeforeTheirParents() {
        ProposedTable wanted = new ProposedTable(
                ProposedTable.Covers.REGISTRY, List.of(new MachineType("virt-11.0", "aarch64", null, "")), List.of());
        TablePlan plan = TablePlan.between(CURRENT, wanted, true);
        assertCounts(plan, 0, 0, 7, 1);
        assertThat(plan.difference().inOrder().subList(5, 7))
                .extracting(change -> change instanceof MachineTypeChange && change.action() == Action.REMOVED
                        ? change.machineType()
                        : "")
                .containsExactly("virt-10.1", "virt-10.2");
        assertThat(applied(plan, CURRENT, () -> 99).machineTypes()).hasSize(1);
    }

    @Test
    void aNewNewestMachineTypeIsAddedBeforeItIsInheritedFrom() {
        List<MachineType> machineTypes = new ArrayList<>(SERIES.machineTypes());
        machineTypes.set(2, new MachineType("virt-11.0", "aarch64", "virt-11.1", ""));
        machineTypes.add(new MachineType("virt-11.1", "aarch64", null, ""));
        TablePlan plan =
                TablePlan.between(CURRENT, new ProposedTable(SERIES.covers(), machineTypes, SERIES.entries()), false);
        assertThat(plan.difference().inOrder())
                .hasOnlyElementsOfType(MachineTypeChange.class)
                .satisfies(changes -> assertThat(changes)
                        .extracting(TableDifference.Change::action)
                        .containsExactly(Action.ADDED, Action.CHANGED))
                .last()
                .isInstanceOfSatisfying(
                        MachineTypeChange.class,
                        change -> assertThat(change.fields())
                                .containsExactly(new FieldChange("inheritsFrom", "", "virt-11.1")));
    }

    @Test
    void aPlanWhoseResultDoesNotHoldTogetherIsRefusedWhenApplied() {
        ProposedTable wanted = new ProposedTable(
                ProposedTable.Covers.MACHINE_TYPES,
                List.of(new MachineType("virt-10.0", "aarch64", "virt-10.0.5", "")),
                List.of());
        TablePlan plan = TablePlan.between(CURRENT, wanted, false);
        assertThatThrownBy(() -> applied(plan, CURRENT, () -> 99))
                .isInstanceOf(PolicyTable.InvalidTableException.class)
                .hasMessage(
                        "machine type virt-10.0 inherits from virt-10.0.5, which does not exist: make that one first");
    }

    @Test
    void anEditExpectsTheVersionThatThePlanWasMadeFor() {
        TablePlan first = TablePlan.between(PolicyTable.empty(), SERIES, false);
        assertThat(first.difference().toEdits(TableRevision.NOTHING))
                .hasSize(8)
                .extracting(VersionedEdit::expected)
                .containsOnly(ExpectedVersion.absent());
        PolicyEntry entry = CURRENT.ownEntries("virt-10.2").getFirst();
        TableRevision tables =
                new TableRevision(9, CURRENT, Map.of("virt-10.2", 3L, "virt-10.1", 4L), Map.of(entry.id(), 7L), 5);
        TableDifference difference = new TableDifference(
                List.of(new MachineTypeChange("virt-10.2", CURRENT.machineType("virt-10.2"), null)),
                List.of(removed(entry)));
        assertThat(difference.toEdits(tables))
                .containsExactly(
                        new TableEdit.DeleteEntry("virt-10.2", entry.id()).expecting(7),
                        new TableEdit.DeleteMachineType("virt-10.2").expecting(3));
    }

    @Test
    void aPrunedPlanLeadsToTheWantedTable() {
        Property.holds(100, given -> {
            ProposedTable before = given.any(tables());
            ProposedTable after = given.any(tables());
            PolicyTable current = ProposedTables.policies(before);
            AtomicLong ids = new AtomicLong(1000);
            PolicyTable applied = applied(TablePlan.between(current, after, true), current, ids::incrementAndGet);
            assertThat(ProposedTable.of(applied)).isEqualTo(after);
            assertThat(TablePlan.between(applied, after, true).difference().isEmpty())
                    .isTrue();
        });
    }

    @Test
    void withoutPruningNothingIsRemovedAndASecondTimeNothingChanges() {
        Property.holds(100, given -> {
            ProposedTable before = given.any(tables());
            ProposedTable after = given.any(tables());
            PolicyTable current = ProposedTables.policies(before);
            AtomicLong ids = new AtomicLong(1000);
            TablePlan plan = TablePlan.between(current, after, false);
            assertThat(plan.difference().count(Action.REMOVED)).isZero();
            PolicyTable applied = applied(plan, current, ids::incrementAndGet);
            assertThat(ProposedTable.of(applied).entries()).containsAll(after.entries());
            assertThat(TablePlan.between(applied, after, false).difference().isEmpty())
                    .isTrue();
        });
    }

    private static Generator<ProposedTable> tables() {
        return ProposedTables.any();
    }

    private static PolicyEntry entryFor(PolicyTable table, String kernels) {
        return table.allEntries().stream()
                .filter(entry -> entry.kernels().toString().equals(kernels))
                .findFirst()
                .orElseThrow();
    }

    private static void assertCounts(TablePlan plan, int added, int changed, int removed, int kept) {
        assertThat(List.of(
                        plan.difference().count(Action.ADDED),
                        plan.difference().count(Action.CHANGED),
                        plan.difference().count(Action.REMOVED),
                        (long) plan.kept().size()))
                .containsExactly((long) added, (long) changed, (long) removed, (long) kept);
    }

    private static EntryChange removed(PolicyEntry entry) {
        return new EntryChange(entry.id(), entry.content(), null);
    }

    private static EntryChange added(EntryContent entry) {
        return new EntryChange(EntryChange.NOT_YET_STORED, null, entry);
    }

    /** The table after the plan's edits, taken in their order. */
    private static PolicyTable applied(TablePlan plan, PolicyTable table, LongSupplier nextId) {
        Map<String, MachineType> machineTypes = new HashMap<>();
        table.machineTypes().forEach(machineType -> machineTypes.put(machineType.name(), machineType));
        Map<Long, PolicyEntry> entries = new HashMap<>();
        table.allEntries().forEach(entry -> entries.put(entry.id(), entry));
        for (TableEdit edit : plan.difference().toEdits()) {
            switch (edit) {
                case TableEdit.PutMachineType(var machineType) -> machineTypes.put(machineType.name(), machineType);
                case TableEdit.DeleteMachineType(var name) -> {
                    machineTypes.remove(name);
                    entries.values().removeIf(entry -> entry.machineType().equals(name));
                }
                case TableEdit.AddEntry(var entry) -> {
                    long id = nextId.getAsLong();
                    entries.put(id, new PolicyEntry(id, entry));
                }
                case TableEdit.ReplaceEntry(var id, var entry) -> entries.put(id, new PolicyEntry(id, entry));
                case TableEdit.DeleteEntry(var machineType, var id) -> entries.remove(id);
            }
        }
        return PolicyTable.of(machineTypes.values(), entries.values());
    }

    private static EntryContent tcr2(String kernels) {
        return new EntryContent(
                "virt-10.1",
                CompatProperty.SAFE_MISSING_REGS,
                ProposedTables.TCR2_EL1,
                KernelRange.parse(kernels),
                null,
                "spurious");
    }

    private static ProposedTable with(UnaryOperator<EntryContent> change) {
        return new ProposedTable(
                SERIES.covers(),
                SERIES.machineTypes(),
                SERIES.entries().stream().map(change).toList());
    }

    private static EntryContent copy(
            EntryContent entry, KernelRange kernels, String rationale, List<String> references) {
        return new EntryContent(
                        entry.machineType(), entry.property(), entry.register(), kernels, entry.condition(), rationale)
                .withReferences(references);
    }
}
