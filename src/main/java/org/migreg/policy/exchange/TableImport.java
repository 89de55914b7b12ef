package org.migreg.policy.exchange;

import java.util.List;
import org.migreg.policy.ProposedTable;

/**
 * What was read from one of QEMU's own forms.
 *
 * @param remarks what a person should know of the reading, a sentence each
 */
public record TableImport(ProposedTable table, List<String> remarks) {
    public TableImport {
        remarks = List.copyOf(remarks);
    }
}
