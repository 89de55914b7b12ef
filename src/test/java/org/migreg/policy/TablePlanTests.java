package org.migreg.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.migreg.hostkernel.KernelRange;
import org.migreg.policy.change.ProposedTable;
import org.migreg.policy.change.TablePlan;
import org.migreg.policy.change.TablePlan.EntryAdded;
import org.migreg.policy.change.TablePlan.EntryChanged;
import org.migreg.policy.change.TablePlan.EntryKept;
import org.migreg.policy.change.TablePlan.EntryRemoved;
import org.migreg.policy.change.TablePlan.FieldChange;
import org.migreg.policy.change.TablePlan.MachineTypeAdded;
import org.migreg.policy.change.TablePlan.MachineTypeChanged;
import org.migreg.policy.change.TablePlan.MachineTypeRemoved;
import org.migreg.property.Generator;
import org.migreg.property.Property;
import org.migreg.qemu.MachineType;

class TablePlanTests {

    private static final ProposedTable SERIES = ProposedTables.ofTheSeries();
    private static final PolicyTable CURRENT = SERIES.toPolicyTable();

    @Test
    void theSameTableTwiceChangesNothing() {
        TablePlan plan = TablePlan.between(CURRENT, SERIES, true);
        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.counts()).isEqualTo(new TablePlan.Counts(0, 0, 0, 8));
    }

    @Test
    void anEmptyRegistryGetsParentsBeforeTheirHeirs() {
        TablePlan plan = TablePlan.between(PolicyTable.empty(), SERIES, false);
        assertThat(plan.changes().subList(0, 3))
                .extracting(TablePlan.Change::machineType)
                .containsExactly("virt-11.0", "virt-10.2", "virt-10.1");
        assertThat(plan.changes()).filteredOn(EntryAdded.class::isInstance).hasSize(5);
    }

    @Test
    void aNewReasonChangesAnEntry() {
        ProposedTable wanted = with(entry -> entry.register().equals(ProposedTables.TCR2_EL1)
                ? copy(entry, entry.kernels(), "Linux 0fcb4eea5345 hides it.", List.of("Linux 0fcb4eea5345"))
                : entry);
        assertThat(TablePlan.between(CURRENT, wanted, false).changes())
                .singleElement()
                .isInstanceOfSatisfying(EntryChanged.class, change -> {
                    assertThat(change.before().id()).isEqualTo(2);
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
        assertThat(TablePlan.between(CURRENT, wanted, false).changes())
                .singleElement()
                .isInstanceOfSatisfying(
                        EntryChanged.class,
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
        PolicyTable current = both.toPolicyTable();
        assertThat(TablePlan.between(current, wanted, true).changes())
                .containsExactly(
                        new EntryRemoved(entryFor(current, "el10/>=6.12.0-124")),
                        new EntryAdded(tcr2("el10/>=6.12.0-55")));
        TablePlan withoutPruning = TablePlan.between(current, wanted, false);
        assertThat(withoutPruning.changes()).containsExactly(new EntryAdded(tcr2("el10/>=6.12.0-55")));
        assertThat(withoutPruning.kept()).contains(new EntryKept(entryFor(current, "el10/>=6.12.0-124"), false));
    }

    @Test
    void aFileOfOneMachineTypeNeverPrunesAnother() {
        ProposedTable wanted = new ProposedTable(
                ProposedTable.Covers.MACHINE_TYPES,
                List.of(new MachineType("virt-10.2", "aarch64", "virt-11.0", "the last with DBGDTRTX")),
                List.of());
        assertThat(TablePlan.between(CURRENT, wanted, true).changes())
                .containsExactly(
                        new EntryRemoved(CURRENT.ownEntries("virt-10.2").getFirst()));
    }

    @Test
    void pruningARegistryRemovesHeirsBeforeTheirParents() {
        ProposedTable wanted = new ProposedTable(
                ProposedTable.Covers.REGISTRY, List.of(new MachineType("virt-11.0", "aarch64", null, "")), List.of());
        TablePlan plan = TablePlan.between(CURRENT, wanted, true);
        assertThat(plan.counts()).isEqualTo(new TablePlan.Counts(0, 0, 7, 1));
        assertThat(plan.changes().subList(5, 7))
                .extracting(change -> change instanceof MachineTypeRemoved ? change.machineType() : "")
                .containsExactly("virt-10.1", "virt-10.2");
        assertThat(plan.applyTo(CURRENT, () -> 99).machineTypes()).hasSize(1);
    }

    @Test
    void aNewNewestMachineTypeIsAddedBeforeItIsInheritedFrom() {
        List<MachineType> machineTypes = new ArrayList<>(SERIES.machineTypes());
        machineTypes.set(2, new MachineType("virt-11.0", "aarch64", "virt-11.1", ""));
        machineTypes.add(new MachineType("virt-11.1", "aarch64", null, ""));
        TablePlan plan =
                TablePlan.between(CURRENT, new ProposedTable(SERIES.covers(), machineTypes, SERIES.entries()), false);
        assertThat(plan.changes())
                .hasExactlyElementsOfTypes(MachineTypeAdded.class, MachineTypeChanged.class)
                .last()
                .isInstanceOfSatisfying(
                        MachineTypeChanged.class,
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
        assertThatThrownBy(() -> plan.applyTo(CURRENT, () -> 99))
                .isInstanceOf(PolicyTable.InvalidTableException.class)
                .hasMessage(
                        "machine type virt-10.0 inherits from virt-10.0.5, which does not exist: make that one first");
    }

    @Test
    void aPlanForAnotherTableIsRefused() {
        TablePlan plan = TablePlan.between(PolicyTable.empty(), SERIES, false);
        assertThatThrownBy(() -> plan.applyTo(CURRENT, () -> 99)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aPrunedPlanLeadsToTheWantedTable() {
        Property.holds(100, given -> {
            ProposedTable before = given.any(tables());
            ProposedTable after = given.any(tables());
            PolicyTable current = before.toPolicyTable();
            AtomicLong ids = new AtomicLong(1000);
            PolicyTable applied = TablePlan.between(current, after, true).applyTo(current, ids::incrementAndGet);
            assertThat(ProposedTable.of(applied)).isEqualTo(after);
            assertThat(TablePlan.between(applied, after, true).isEmpty()).isTrue();
        });
    }

    @Test
    void withoutPruningNothingIsRemovedAndASecondTimeNothingChanges() {
        Property.holds(100, given -> {
            ProposedTable before = given.any(tables());
            ProposedTable after = given.any(tables());
            PolicyTable current = before.toPolicyTable();
            AtomicLong ids = new AtomicLong(1000);
            TablePlan plan = TablePlan.between(current, after, false);
            assertThat(plan.counts().removed()).isZero();
            PolicyTable applied = plan.applyTo(current, ids::incrementAndGet);
            assertThat(ProposedTable.of(applied).entries()).containsAll(after.entries());
            assertThat(TablePlan.between(applied, after, false).isEmpty()).isTrue();
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

    private static EntryContent tcr2(String kernels) {
        return new EntryContent(
                "virt-10.1",
                CompatProperty.SAFE_MISSING_REGS,
                ProposedTables.TCR2_EL1,
                KernelRange.parse(kernels),
                null,
                "spurious",
                List.of());
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
                entry.machineType(),
                entry.property(),
                entry.register(),
                kernels,
                entry.condition(),
                rationale,
                references);
    }
}
