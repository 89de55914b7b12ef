package org.migreg.question.diagnosis;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.hostkernel.KernelRange;
import org.migreg.policy.CompatProperty;
import org.migreg.policy.PolicyEntry;
import org.migreg.policy.ValueCondition;
import org.migreg.register.RegisterId;

/**
 * An entry that would let the load pass, ready to be posted.
 *
 * @param machineType the guest's machine type, or null where it is not known: then the poster must say
 * @param condition when losing the register's state is safe, or null for always
 * @param alternative whether another proposal for the same register is to be preferred
 */
public record ProposedEntry(
        @Nullable String machineType,
        CompatProperty property,
        RegisterId register,
        KernelRange kernels,
        @Nullable ValueCondition condition,
        String rationale,
        List<String> references,
        boolean alternative) {

    public ProposedEntry {
        references = List.copyOf(references);
        // An entry that could not be posted must not be proposed.
        toEntry(
                0,
                machineType == null ? "virt" : machineType,
                property,
                register,
                kernels,
                condition,
                rationale,
                references);
    }

    /** The entry as the table takes it. */
    public PolicyEntry entry(long id, String ofMachineType) {
        return toEntry(id, ofMachineType, property, register, kernels, condition, rationale, references);
    }

    private static PolicyEntry toEntry(
            long id,
            String machineType,
            CompatProperty property,
            RegisterId register,
            KernelRange kernels,
            @Nullable ValueCondition condition,
            String rationale,
            List<String> references) {
        return new PolicyEntry(id, machineType, property, register, kernels, condition, rationale, references);
    }
}
