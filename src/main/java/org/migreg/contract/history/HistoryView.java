package org.migreg.contract.history;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.migreg.contract.entry.EntryView;
import org.migreg.contract.table.TableDifferenceView;
import org.migreg.history.Revision;
import org.migreg.policy.PolicyEntry;
import org.migreg.policy.change.TableDifference;

/** What the tables were, and who made them so. */
public final class HistoryView {

    private HistoryView() {}

    /** Where the tables of two revisions differ. */
    @Schema(name = "RevisionComparison")
    public record ComparisonView(long from, long to, TableDifferenceView difference) {

        public static ComparisonView of(long from, long to, TableDifference difference) {
            return new ComparisonView(from, to, TableDifferenceView.of(difference));
        }
    }

    /** A revision and what it changed of the tables. */
    @Schema(name = "RevisionDifference")
    public record DifferenceView(RevisionView revision, TableDifferenceView difference) {

        public static DifferenceView of(Revision revision, TableDifference difference) {
            return new DifferenceView(RevisionView.of(revision), TableDifferenceView.of(difference));
        }
    }

    /** Who set the entries of a machine type. */
    @Schema(name = "Blame")
    public record BlameView(
            @Schema(example = "virt-10.1") String machineType,

            @Schema(description = "The revision of the tables.")
            long policyRevision,

            @Schema(description = "Its own, then inherited ones.")
            List<EntryBlameView> entries) {}

    /** An entry and the revision that made it what it is. */
    @Schema(name = "EntryBlame")
    public record EntryBlameView(
            EntryView entry,

            @Schema(description = "Whether it is a newer machine type's.")
            boolean inherited,

            RevisionView revision) {

        public static EntryBlameView of(PolicyEntry entry, String machineType, Revision revision) {
            return new EntryBlameView(
                    EntryView.of(entry), !entry.machineType().equals(machineType), RevisionView.of(revision));
        }
    }
}
