package org.migreg.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.migreg.hostkernel.KernelRange;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.policy.PolicyUnion.Scope;
import org.migreg.policy.change.ProposedTable;

class PolicyUnionTests {

    private static final PolicyTable SERIES = ProposedTables.policies(ProposedTables.ofTheSeries());
    private static final KernelRelease V6_12 = KernelRelease.parse("6.12.94+deb13-arm64");
    private static final KernelRelease V6_14 = KernelRelease.parse("6.14.0");
    private static final KernelRelease V6_18 = KernelRelease.parse("6.18.1");
    private static final KernelRelease EL9 = KernelRelease.parse("5.14.0-503.14.1.el9_5.aarch64");

    @Test
    void forOneKernelItIsWhatTheTableSays() {
        PolicyUnion union = ProposedTables.forHost(SERIES, "virt-10.1", Scope.MERGED, V6_14);
        assertThat(union.registers(CompatProperty.HIDDEN_REGS)).isEmpty();
        assertThat(union.registers(CompatProperty.SAFE_MISSING_REGS))
                .containsExactly(
                        ProposedTables.DBGDTRTX,
                        ProposedTables.TCR2_EL1,
                        ProposedTables.PIRE0_EL1,
                        ProposedTables.PIR_EL1);
        assertThat(union.warnings()).isEmpty();
        assertThat(union.chain()).containsExactly("virt-10.1", "virt-10.2", "virt-11.0");
    }

    @Test
    void ownEntriesLeaveOutWhatIsInherited() {
        PolicyUnion union = ProposedTables.forHost(SERIES, "virt-10.1", Scope.OWN, V6_14);
        assertThat(union.registers(CompatProperty.SAFE_MISSING_REGS)).doesNotContain(ProposedTables.DBGDTRTX);
    }

    @Test
    void overSeveralKernelsEveryDifferenceFromTheTableIsWarnedOf() {
        PolicyUnion union = PolicyUnion.over(SERIES, "virt-10.1", Scope.MERGED, List.of(V6_18, V6_12, EL9));
        assertThat(union.kernels()).containsExactly(EL9, V6_12, V6_18);
        assertThat(union.registers(CompatProperty.HIDDEN_REGS)).containsExactly(ProposedTables.VENDOR_HYP_BMAP_2);
        assertThat(union.warnings()).hasSize(4).first().satisfies(warning -> {
            assertThat(warning.kernels()).containsExactly(EL9, V6_12);
            assertThat(warning.message())
                    .isEqualTo("x-mig-hidden-regs has KVM_REG_ARM_VENDOR_HYP_BMAP_2 (0x6030000000160003) because of"
                            + " 6.18.1, but the table does not set it on 5.14.0-503.14.1.el9_5.aarch64,"
                            + " 6.12.94+deb13-arm64: there the register is neither sent nor compared, and a guest that"
                            + " uses it loses its state");
        });
    }

    @Test
    void aConditionThatOnlyOneKernelHasIsWarnedOf() {
        PolicyTable table = ProposedTables.policies(new ProposedTable(
                ProposedTable.Covers.REGISTRY,
                ProposedTables.ofTheSeries().machineTypes(),
                List.of(entry("upstream/<6.13", null), entry("upstream/>=6.13", new ValueCondition(0xff, 1)))));
        PolicyUnion union = PolicyUnion.over(table, "virt-10.1", Scope.MERGED, List.of(V6_12, V6_14));
        assertThat(union.elements(CompatProperty.SAFE_MISSING_REGS).getFirst().conditions())
                .isEmpty();
        assertThat(union.warnings())
                .extracting(PolicyUnion.Warning::message)
                .containsExactly(
                        "x-mig-safe-missing-regs has TCR2_EL1 (0x603000000013c103) unconditionally, but on 6.14.0"
                                + " the table has it only under a condition");
        assertThat(ProposedTables.forHost(table, "virt-10.1", Scope.MERGED, V6_14)
                        .elements(CompatProperty.SAFE_MISSING_REGS)
                        .getFirst()
                        .conditions())
                .containsExactly(new ValueCondition(0xff, 1));
    }

    @Test
    void whatCannotBeDecidedIsLeftOutAndSaid() {
        PolicyTable table = ProposedTables.policies(new ProposedTable(
                ProposedTable.Covers.REGISTRY,
                ProposedTables.ofTheSeries().machineTypes(),
                List.of(entry("upstream/>=6.8.5", null))));
        PolicyUnion union =
                ProposedTables.forHost(table, "virt-10.1", Scope.MERGED, KernelRelease.parse("6.8.0-45-generic"));
        assertThat(union.isEmpty()).isTrue();
        assertThat(union.warnings())
                .extracting(PolicyUnion.Warning::message)
                .containsExactly(
                        "x-mig-safe-missing-regs lacks TCR2_EL1 (0x603000000013c103), but whether the table sets"
                                + " it on 6.8.0-45-generic is not known: give the kernels' package versions");
    }

    @Test
    void noKernelAndNoMachineTypeAreRefused() {
        assertThatThrownBy(() -> PolicyUnion.over(SERIES, "virt-10.1", Scope.OWN, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PolicyUnion.ofAllEntries(SERIES, "virt-1.0", Scope.OWN))
                .hasMessage("there is no machine type virt-1.0");
    }

    private static EntryContent entry(String kernels, @org.jspecify.annotations.Nullable ValueCondition condition) {
        return new EntryContent(
                "virt-10.1",
                CompatProperty.SAFE_MISSING_REGS,
                ProposedTables.TCR2_EL1,
                KernelRange.parse(kernels),
                condition,
                "spurious");
    }
}
