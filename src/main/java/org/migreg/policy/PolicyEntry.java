package org.migreg.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.hostkernel.KernelRange;
import org.migreg.register.RegisterId;

/**
 * An entry of the compat tables.
 *
 * @param id the entry's number, unique over all machine types and never used again
 */
public record PolicyEntry(long id, EntryContent content) {

    public String machineType() {
        return content.machineType();
    }

    public CompatProperty property() {
        return content.property();
    }

    public RegisterId register() {
        return content.register();
    }

    public KernelRange kernels() {
        return content.kernels();
    }

    public @Nullable ValueCondition condition() {
        return content.condition();
    }

    public String rationale() {
        return content.rationale();
    }

    public List<String> references() {
        return content.references();
    }
}
