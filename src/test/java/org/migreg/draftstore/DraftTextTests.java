package org.migreg.draftstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.migreg.hostkernel.KernelRange;
import org.migreg.policy.CompatProperty;
import org.migreg.policy.EntryContent;
import org.migreg.policy.ValueCondition;
import org.migreg.policy.change.TableEdit;
import org.migreg.qemu.MachineType;
import org.migreg.register.RegisterId;

/** The form in which drafts lie in databases: one that was stored is read for ever. */
class DraftTextTests {

    private static final EntryContent PLAIN = new EntryContent(
            "virt-10.2",
            CompatProperty.HIDDEN_REGS,
            RegisterId.parseLenient("TCR2_EL1"),
            KernelRange.parse("upstream/>=6.13|<6.20"),
            null,
            "say \"why\"");
    private static final EntryContent FULL = new EntryContent(
                    "virt-10.2",
                    CompatProperty.SAFE_MISSING_REGS,
                    RegisterId.parseLenient("TCR2_EL1"),
                    KernelRange.any(),
                    new ValueCondition(-1, 0),
                    "while 0")
            .withReferences(List.of("linux c0000e58c74e", "bug 1"));

    private static void assertStored(TableEdit edit, String text) {
        assertThat(DraftText.of(edit)).isEqualTo(text);
        assertThat(DraftText.edit(text)).isEqualTo(edit);
    }

    @Test
    void everyKindOfEditHasItsForm() {
        assertStored(new TableEdit.PutMachineType(new MachineType("virt-9.9", "arm", "virt-10.0", "of two")), """
                {"op":"putMachineType","name":"virt-9.9","architecture":"arm","inheritsFrom":"virt-10.0","description":"of two"}""");
        assertStored(new TableEdit.PutMachineType(new MachineType("virt-12.0", "aarch64", null, "")), """
                {"op":"putMachineType","name":"virt-12.0","architecture":"aarch64","inheritsFrom":null,"description":""}""");
        assertStored(new TableEdit.DeleteMachineType("virt-9.8"), """
                {"op":"deleteMachineType","name":"virt-9.8"}""");
        assertStored(new TableEdit.AddEntry(PLAIN), """
                {"op":"addEntry","machineType":"virt-10.2","property":"x-mig-hidden-regs","register":"0x603000000013c103",\
                "kernels":"upstream/>=6.13|<6.20","rationale":"say \\"why\\"","references":[]}""");
        assertStored(new TableEdit.ReplaceEntry(7, FULL), """
                {"op":"replaceEntry","id":7,"machineType":"virt-10.2","property":"x-mig-safe-missing-regs",\
                "register":"0x603000000013c103","kernels":"any/*","condition":{"mask":"0xffffffffffffffff","expected":"0x0"},\
                "rationale":"while 0","references":["linux c0000e58c74e","bug 1"]}""");
        assertStored(new TableEdit.DeleteEntry("virt-11.1", 8), """
                {"op":"deleteEntry","id":8,"machineType":"virt-11.1"}""");
    }
}
