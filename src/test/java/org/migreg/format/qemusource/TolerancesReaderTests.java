package org.migreg.format.qemusource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.migreg.format.tolerances.TolerancesWriter;
import org.migreg.policy.CompatProperty;
import org.migreg.policy.EntryContent;
import org.migreg.policy.PolicyTable;
import org.migreg.policy.PolicyUnion;
import org.migreg.policy.PolicyUnion.Scope;
import org.migreg.policy.ProposedTables;
import org.migreg.policy.ValueCondition;
import org.migreg.policy.exchange.TableImport;
import org.migreg.policy.exchange.UnreadableTableException;
import org.migreg.property.Property;
import org.migreg.register.RegisterId;

class TolerancesReaderTests {

    private static String ofQemu() throws IOException {
        return Files.readString(Path.of("src/test/resources/field/tolerances.c"));
    }

    @Test
    void qemusOwnTolerancesAreReadForTheMachineTypeThatIsGiven() throws IOException {
        TableImport read = TolerancesReader.read(ofQemu(), "virt-10.1");
        assertThat(read.table().entries())
                .extracting(entry -> entry.property() + " " + entry.register().name() + " " + entry.condition())
                .containsExactly(
                        "x-mig-safe-missing-regs TCR2_EL1 null",
                        "x-mig-safe-missing-regs PIRE0_EL1 null",
                        "x-mig-safe-missing-regs PIR_EL1 null",
                        "x-mig-safe-missing-regs KVM_REG_ARM_VENDOR_HYP_BMAP_2 " + ValueCondition.ZERO);
        assertThat(read.remarks()).anySatisfy(remark -> assertThat(remark).contains("for every machine type"));
    }

    @Test
    void withoutAMachineTypeTheyAreNamedAndNotTaken() throws IOException {
        String text = ofQemu();
        assertThatExceptionOfType(UnreadableTableException.class)
                .isThrownBy(() -> TolerancesReader.read(text, null))
                .withMessageContaining("say with machineType for which to take these 4")
                .withMessageContaining("TCR2_EL1 (0x603000000013c103)")
                .withMessageContaining("KVM_REG_ARM_VENDOR_HYP_BMAP_2 (0x6030000000160003) if value");
    }

    @Test
    void whatIsRenderedIsReadBack() {
        Property.holds(500, given -> {
            PolicyTable table = ProposedTables.policies(given.any(ProposedTables.any()));
            PolicyUnion union = PolicyUnion.ofAllEntries(table, "virt-9.0", Scope.MERGED);
            Map<RegisterId, List<ValueCondition>> rendered = new TreeMap<>();
            union.elements(CompatProperty.SAFE_MISSING_REGS)
                    .forEach(element -> rendered.put(
                            element.register(),
                            element.conditions().stream().limit(1).toList()));
            Map<RegisterId, List<ValueCondition>> read = new TreeMap<>();
            for (EntryContent entry : TolerancesReader.read(
                            TolerancesWriter.write(union).text(), null)
                    .table()
                    .entries()) {
                ValueCondition condition = entry.condition();
                assertThat(entry.machineType()).isEqualTo("virt-9.0");
                read.put(entry.register(), condition == null ? List.of() : List.of(condition));
            }
            assertThat(read).isEqualTo(rendered);
        });
    }

    @Test
    void rationalesComeBackFromTheComments() {
        PolicyTable series = ProposedTables.policies(ProposedTables.ofTheSeries());
        String text = TolerancesWriter.write(PolicyUnion.ofAllEntries(series, "virt-10.1", Scope.MERGED))
                .text();
        assertThat(TolerancesReader.read(text, null).table().entries())
                .extracting(entry -> entry.register().name() + ": " + entry.rationale())
                .contains(
                        "TCR2_EL1: Exposed unconditionally before 6.13.",
                        "DBGDTRTX: Bogus AArch32 register. QEMU up to 11.0 lists it under TCG.");
    }

    @Test
    void whatIsNotUnderstoodIsRefusedWithItsPlace() {
        refused(
                "arm_register_cpreg_mig_tolerance(cpu, TCR9_EL1, 0, 0, ToleranceNotOnBothEnds);",
                "line 1, column 1: 'TCR9_EL1'");
        refused("\narm_register_cpreg_mig_tolerance(cpu, TCR2_EL1);", "line 2, column 1");
        refused(
                "arm_register_cpreg_mig_tolerance(cpu, TCR2_EL1, MASK, 0, ToleranceOnlySrcTestValue);",
                "'MASK' is not understood");
        refused(
                "arm_register_cpreg_mig_tolerance(cpu, TCR2_EL1, 1, 2, ToleranceOnlySrcTestValue);",
                "could never be met");
        refused("arm_register_cpreg_mig_tolerance(cpu, TCR2_EL1, 0, 0,", "is not all there");
        TableImport other = TolerancesReader.read(
                "arm_register_cpreg_mig_tolerance(cpu, MIDR_EL1, 0xf, 0, ToleranceDiffInMask);", "virt-10.1");
        assertThat(other.table().entries()).isEmpty();
        assertThat(other.remarks())
                .anySatisfy(remark -> assertThat(remark).contains("ToleranceDiffInMask of MIDR_EL1"));
    }

    private static void refused(String text, String why) {
        assertThatExceptionOfType(UnreadableTableException.class)
                .isThrownBy(() -> TolerancesReader.read(text, "virt-10.1"))
                .withMessageContaining(why);
    }
}
