package org.migreg.api.table;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.expectation.ExpectationView;
import org.migreg.contract.lint.LintView;
import org.migreg.contract.table.EditBody;
import org.migreg.contract.table.TableChangeFields;
import org.migreg.contract.table.TablePlanView;
import org.migreg.format.tablefile.TableFileFormat;
import org.migreg.format.tablefile.TableFileReader;
import org.migreg.policy.PolicyTable;
import org.migreg.policy.TableRevision;
import org.migreg.policy.change.ProposedTable;
import org.migreg.policy.change.TableEdit;
import org.migreg.policy.change.TablePlan;
import org.migreg.policy.change.VersionedEdit;
import org.migreg.policy.exchange.UnreadableTableException;
import org.migreg.policystore.Applied;
import org.migreg.policystore.PolicyStore;
import org.migreg.question.fleet.CapturedHost;
import org.migreg.question.lint.LintChange;
import org.migreg.registry.publication.TablePublication;
import org.migreg.web.WriteHeaders;
import tools.jackson.databind.JsonNode;

/** Reads changes of the tables from requests. */
public final class TableChanges {

    private TableChanges() {}

    /**
     * The edits that a body has: in a list, or as a table file.
     *
     * @param current the tables that they change
     */
    public static List<TableEdit> read(TableChangeFields change, PolicyTable current) {
        List<EditBody> edits = change.edits();
        if (edits != null) {
            return edits.stream().map(EditBody::toDomain).toList();
        }
        JsonNode given = Objects.requireNonNull(change.required().table(), "one of the two is there");
        ProposedTable wanted = given.isString()
                ? TableFileReader.read(given.stringValue(), TableFileFormat.YAML)
                : TableFileReader.read(given.toString(), TableFileFormat.JSON);
        return TablePlan.between(current, wanted, Objects.equals(change.prune(), true))
                .difference()
                .toEdits();
    }

    /** Makes one edit of the tables a revision. */
    static Applied publish(TablePublication publication, VersionedEdit edit, WriteHeaders headers, String otherwise) {
        WriteHeaders.Context context = headers.context(otherwise);
        return publication.apply(List.of(edit), context.author(), context.reason(), headers.override());
    }

    /** Does what the plan says, or answers what that would be; what the store refuses is refused by a dry run, too. */
    static TablePlanView carryOut(
            TablePublication publication,
            PolicyStore store,
            List<CapturedHost> hosts,
            TablePlan plan,
            TableRevision before,
            boolean dryRun,
            WriteHeaders.Context context,
            @Nullable String override) {
        if (plan.difference().isEmpty()) {
            return TablePlanView.of(plan, dryRun, before.number(), List.of(), LintView.ChangeView.NONE);
        }
        List<VersionedEdit> edits = plan.difference().toEdits(before);
        // A write without an override breaks none, or is refused.
        List<ExpectationView.OutcomeView> broken = List.of();
        PolicyTable after = before.table();
        if (dryRun || override != null) {
            after = storing("body", () -> store.preview(before, edits)).after();
            broken = ExpectationView.OutcomeView.ofAll(publication.broken(before.table(), after));
        }
        long revision = before.number();
        if (!dryRun) {
            TableRevision written = storing(
                            "body", () -> publication.apply(edits, context.author(), context.reason(), override))
                    .revision();
            after = written.table();
            revision = written.number();
        }
        return TablePlanView.of(
                plan,
                dryRun,
                revision,
                broken,
                LintView.ChangeView.of(LintChange.between(before.table(), after, hosts)));
    }

    /** Runs a writer or its preview; a text that cannot be stored is a problem of the field. */
    public static <T> T storing(String field, Supplier<T> work) {
        try {
            return work.get();
        } catch (PolicyTable.InvalidTableException contradictory) {
            throw contradictory;
        } catch (IllegalArgumentException unstorable) {
            throw new InvalidFieldException(field, null, String.valueOf(unstorable.getMessage()));
        }
    }

    /** @throws UnreadableTableException where these bytes are not UTF-8 */
    static String decoded(byte[] body) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException notUtf8) {
            throw new UnreadableTableException(0, 0, "the file is not UTF-8: save it as UTF-8");
        }
    }
}
