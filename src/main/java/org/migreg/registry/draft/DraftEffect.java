package org.migreg.registry.draft;

import java.util.List;
import org.migreg.draftstore.StoredDraft;
import org.migreg.policy.TableRevision;
import org.migreg.policy.change.TableDifference;
import org.migreg.question.expectation.ExpectationChange;
import org.migreg.question.fleet.CapturedHosts;
import org.migreg.question.impact.Impact;
import org.migreg.question.lint.LintChange;
import org.migreg.registry.publication.TableConflict;

/**
 * What a draft would do.
 *
 * @param against the tables that it is held against: the newest ones, or its base where it conflicts with them
 * @param conflicts with the newest tables; it cannot be published while there are any
 * @param difference what it changes of those tables
 * @param lint what the change does to lint findings
 * @param expectations those about machine types that it touches
 * @param known the hosts that it was tried on
 */
public record DraftEffect(
        StoredDraft draft,
        TableRevision against,
        List<TableConflict> conflicts,
        TableDifference difference,
        Impact impact,
        LintChange lint,
        List<ExpectationChange> expectations,
        CapturedHosts known) {

    public DraftEffect {
        conflicts = List.copyOf(conflicts);
        expectations = List.copyOf(expectations);
    }
}
