package org.migreg.policy.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.migreg.policy.PolicyTable;
import org.migreg.policy.ProposedTable;
import org.migreg.qemu.MachineType;

/**
 * What was read from one of QEMU's own forms. They know no host kernels, conditions and references, so
 * every entry is for every host.
 *
 * @param parentsUnknown machine types of which the text does not say from which they inherit; they are
 *     given without a parent
 * @param remarks what a person should know of the reading, a sentence each
 */
public record TableImport(ProposedTable table, Set<String> parentsUnknown, List<String> remarks) {
    public TableImport {
        parentsUnknown = Set.copyOf(parentsUnknown);
        remarks = List.copyOf(remarks);
    }

    /** The table, with what the text did not say of machine types taken from the current one. */
    public ProposedTable completedFrom(PolicyTable current) {
        List<MachineType> machineTypes = new ArrayList<>();
        for (MachineType read : table.machineTypes()) {
            MachineType known = current.machineType(read.name());
            machineTypes.add(
                    known == null
                            ? read
                            : new MachineType(
                                    read.name(),
                                    known.architecture(),
                                    parentsUnknown.contains(read.name()) ? known.inheritsFrom() : read.inheritsFrom(),
                                    known.description()));
        }
        return new ProposedTable(table.covers(), machineTypes, table.entries());
    }
}
