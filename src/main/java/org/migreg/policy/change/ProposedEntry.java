package org.migreg.policy.change;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.hostkernel.KernelRange;
import org.migreg.policy.CompatProperty;
import org.migreg.policy.PolicyEntry;
import org.migreg.policy.ValueCondition;
import org.migreg.register.RegisterId;

/**
 * An entry that has no number yet, as files and QEMU's own forms hold it. What it says and of which
 * hosts is its identity: machine type, property, register, kernels and condition. The bounds are those
 * of {@link PolicyEntry}.
 */
public record ProposedEntry(
        String machineType,
        CompatProperty property,
        RegisterId register,
        KernelRange kernels,
        @Nullable ValueCondition condition,
        String rationale,
        List<String> references) {

    public ProposedEntry {
        references = new PolicyEntry(0, machineType, property, register, kernels, condition, rationale, references)
                .references();
    }

    /** What the entry says, without its number. */
    public static ProposedEntry of(PolicyEntry entry) {
        return new ProposedEntry(
                entry.machineType(),
                entry.property(),
                entry.register(),
                entry.kernels(),
                entry.condition(),
                entry.rationale(),
                entry.references());
    }

    /** The entry with this number. */
    public PolicyEntry withId(long id) {
        return new PolicyEntry(id, machineType, property, register, kernels, condition, rationale, references);
    }

    /** Whether the other says the same of the same hosts, for whatever reason. */
    public boolean saysTheSameAs(ProposedEntry other) {
        return withId(0).saysTheSameAs(other.withId(0));
    }
}
