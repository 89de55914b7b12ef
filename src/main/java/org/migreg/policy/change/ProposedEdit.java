package org.migreg.policy.change;

import org.migreg.policy.EntryContent;
import org.migreg.qemu.MachineType;

/**
 * One step of a change of the tables that somebody proposes. The steps are taken in order, and the whole
 * is judged at its end.
 */
public sealed interface ProposedEdit {

    /** Makes the machine type, or replaces the one of its name; entries stay. */
    record PutMachineType(MachineType machineType) implements ProposedEdit {}

    /** Deletes the machine type and its entries. */
    record DeleteMachineType(String name) implements ProposedEdit {}

    /** Adds an entry, which gets its number when it is stored. */
    record AddEntry(EntryContent entry) implements ProposedEdit {}

    /** Replaces the entry of this number and machine type. */
    record ReplaceEntry(long id, EntryContent entry) implements ProposedEdit {}

    /** Deletes the entry of this number and machine type. */
    record DeleteEntry(String machineType, long id) implements ProposedEdit {}
}
