package org.migreg.policy.change;

import org.migreg.policy.EntryContent;
import org.migreg.policy.PolicyEntry;
import org.migreg.qemu.MachineType;

/**
 * One step of a change to the tables. The steps of one change are taken in order; whether the whole holds together
 * is judged at its end.
 *
 * <p>An expected version is the number of the revision that last changed the thing when the editor read it, so that
 * nobody overwrites what they have not seen; {@link #ANY_VERSION} asks for no such test.
 */
public sealed interface TableEdit {

    /** Whatever the thing's version is by now. */
    long ANY_VERSION = -1;

    record CreateMachineType(MachineType machineType) implements TableEdit {}

    /** Replaces the machine type of the same name; its entries stay. */
    record ReplaceMachineType(MachineType machineType, long expectedVersion) implements TableEdit {}

    /** Deletes the machine type and its entries. */
    record DeleteMachineType(String name, long expectedVersion) implements TableEdit {}

    record AddEntry(EntryContent entry) implements TableEdit {}

    /** Replaces the entry of the same id and machine type. */
    record ReplaceEntry(PolicyEntry entry, long expectedVersion) implements TableEdit {}

    record DeleteEntry(String machineType, long id, long expectedVersion) implements TableEdit {}
}
