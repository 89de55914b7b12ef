package org.migreg.policy.change;

import org.migreg.history.ExpectedVersion;
import org.migreg.history.StorableText;
import org.migreg.history.UnstorableTextException;
import org.migreg.policy.EntryContent;
import org.migreg.qemu.MachineType;

/**
 * One step of a change of the tables. The steps of one change are taken in order; whether the whole holds together is
 * judged at its end.
 */
public sealed interface TableEdit {

    /** Makes the machine type, or replaces the one of its name; entries stay. */
    record PutMachineType(MachineType machineType) implements TableEdit {}

    /** Deletes the machine type and its entries. */
    record DeleteMachineType(String name) implements TableEdit {}

    /** Adds an entry, which gets its number when it is stored. */
    record AddEntry(EntryContent entry) implements TableEdit {}

    /** Replaces the entry of this number and machine type. */
    record ReplaceEntry(long id, EntryContent entry) implements TableEdit {}

    /** Deletes the entry of this number and machine type. */
    record DeleteEntry(String machineType, long id) implements TableEdit {}

    /** The edit, to be made only where its thing has the version. */
    default VersionedEdit expecting(ExpectedVersion version) {
        return new VersionedEdit(this, version);
    }

    /** The same for the version that a writer has read. */
    default VersionedEdit expecting(long version) {
        return expecting(ExpectedVersion.of(version));
    }

    /**
     * @throws UnstorableTextException where one of its texts cannot be kept
     */
    default void requireStorable() {
        switch (this) {
            case PutMachineType(var machineType) -> StorableText.require("description", machineType.description());
            case AddEntry(var entry) -> entry.requireStorable();
            case ReplaceEntry(var _, var entry) -> entry.requireStorable();
            case DeleteMachineType _, DeleteEntry _ -> {}
        }
    }
}
