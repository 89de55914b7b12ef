package org.migreg.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.history.StorableText;
import org.migreg.history.UnstorableTextException;
import org.migreg.hostkernel.KernelRange;
import org.migreg.register.RegisterId;

/**
 * What one line of a compat table says: on hosts whose kernel lies in the range, QEMU must set this property
 * for this register when it runs a guest of this machine type (or of one that inherits from it).
 *
 * @param kernels the hosts where QEMU must set it
 * @param condition while which value losing the register's state is safe: dropped by a destination that tolerates it, or
 *     not sent by a source that hides it; QEMU hides whatever the value. Null for always
 * @param rationale why, for the next person; 1 to 4,000 characters
 * @param references commits, bugs, messages; at most 50 of at most 500 characters
 */
public record EntryContent(
        String machineType,
        CompatProperty property,
        RegisterId register,
        KernelRange kernels,
        @Nullable ValueCondition condition,
        String rationale,
        List<String> references) {

    public EntryContent {
        if (!register.isMigratable()) {
            throw new IllegalArgumentException(register + " (" + register.name()
                    + ") never stands in a register list, so a compat property for it would do nothing: QEMU lists"
                    + " arm64 and arm registers of 4 or 8 bytes other than CORE and SVE ones");
        }
        if (rationale.isBlank() || rationale.length() > 4000) {
            throw new IllegalArgumentException("the rationale must say why in 1 to 4,000 characters; this one has "
                    + rationale.strip().length());
        }
        references = List.copyOf(references);
        if (references.size() > 50) {
            throw new IllegalArgumentException("an entry has at most 50 references; these are " + references.size());
        }
        for (String reference : references) {
            if (reference.isBlank() || reference.length() > 500) {
                throw new IllegalArgumentException("a reference has 1 to 500 characters; this one has "
                        + reference.strip().length());
            }
        }
    }

    /** An entry of which no more is known than that it is needed, and why. */
    public EntryContent(
            String machineType,
            CompatProperty property,
            RegisterId register,
            KernelRange kernels,
            @Nullable ValueCondition condition,
            String rationale) {
        this(machineType, property, register, kernels, condition, rationale, List.of());
    }

    /** The same with these references. */
    public EntryContent withReferences(List<String> others) {
        return new EntryContent(machineType, property, register, kernels, condition, rationale, others);
    }

    /**
     * @throws UnstorableTextException where one of its texts cannot be kept
     */
    public void requireStorable() {
        StorableText.require("rationale", rationale);
        references.forEach(reference -> StorableText.require("reference", reference));
    }

    /** What it sets. */
    public RegisterSetting setting() {
        return new RegisterSetting(property, register);
    }

    /** What it sets, for whom and when. */
    public EntryIdentity identity() {
        return new EntryIdentity(machineType, setting(), kernels, condition);
    }
}
