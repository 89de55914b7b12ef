package org.migreg.registry.expectation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.migreg.capturestore.CaptureStore;
import org.migreg.evaluation.Assumption;
import org.migreg.evaluation.Expectation;
import org.migreg.evaluation.LoadBehaviour;
import org.migreg.expectationstore.ExpectationStore;
import org.migreg.policy.PolicyTable;
import org.migreg.question.expectation.ExpectationChange;
import org.migreg.question.expectation.ExpectationCheck;
import org.migreg.question.expectation.ExpectationOutcome;
import org.migreg.question.expectation.StoredExpectation;
import org.migreg.question.expectation.TriedExpectation;
import org.migreg.question.fleet.CapturedHost;
import org.migreg.question.fleet.FleetAssumptions;
import org.migreg.registry.CurrentHosts;
import org.springframework.stereotype.Component;

/** Tries the stored expectations on every captured host. */
@Component
public class StoredExpectations {

    private final ExpectationStore store;
    private final CaptureStore captures;
    private final CurrentHosts knownHosts;

    StoredExpectations(ExpectationStore store, CaptureStore captures, CurrentHosts knownHosts) {
        this.store = store;
        this.captures = captures;
        this.knownHosts = knownHosts;
    }

    /** The outcomes of all of them under this table, by id. */
    public List<TriedExpectation> outcomes(PolicyTable table) {
        List<StoredExpectation> all = store.current().all();
        List<ExpectationOutcome> outcomes = ExpectationCheck.of(
                all.stream().map(StoredExpectation::expectation).toList(),
                table,
                knownHosts.get().hosts());
        List<TriedExpectation> tried = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            tried.add(new TriedExpectation(all.get(i), outcomes.get(i)));
        }
        return tried;
    }

    /**
     * What a change does to those whose machine type's effective entries it touches; the others it cannot break. By id.
     */
    public List<ExpectationChange> changes(PolicyTable before, PolicyTable after) {
        List<StoredExpectation> concerned = store.current().all().stream()
                .filter(stored -> {
                    String machineType = stored.expectation().machineType();
                    return !Set.copyOf(before.chainEntries(machineType))
                                    .equals(Set.copyOf(after.chainEntries(machineType)))
                            || (before.machineType(machineType) == null) != (after.machineType(machineType) == null);
                })
                .toList();
        if (concerned.isEmpty()) {
            return List.of();
        }
        var expectations =
                concerned.stream().map(StoredExpectation::expectation).toList();
        var hosts = knownHosts.get().hosts();
        List<ExpectationOutcome> was = ExpectationCheck.of(expectations, before, hosts);
        List<ExpectationOutcome> is = ExpectationCheck.of(expectations, after, hosts);
        List<ExpectationChange> changes = new ArrayList<>();
        for (int i = 0; i < concerned.size(); i++) {
            changes.add(new ExpectationChange(concerned.get(i), was.get(i), is.get(i)));
        }
        return changes;
    }

    /** What the outcomes take for granted: an expectation that says nothing of QEMU is of the builds of the tables. */
    public List<Assumption> assumptions() {
        List<Expectation> all = store.current().all().stream()
                .map(StoredExpectation::expectation)
                .toList();
        return FleetAssumptions.of(
                all.stream().noneMatch(Expectation::sourceXMigProperties),
                all.stream().noneMatch(one -> one.loadBehaviour() instanceof LoadBehaviour.XMigProperties),
                null,
                knownHosts.get().hosts().stream().map(CapturedHost::capture));
    }

    /** What the outcomes rest on besides the tables. */
    public Basis basis() {
        return new Basis(store.current().revision(), captures.current().revision());
    }

    /** The revisions of expectations and captures. */
    public record Basis(long expectations, long captures) {}
}
