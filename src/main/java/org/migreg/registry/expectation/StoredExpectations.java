package org.migreg.registry.expectation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
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

    private static final int MOST_KEPT = 4;

    private final ExpectationStore store;
    private final CaptureStore captures;
    private final CurrentHosts knownHosts;

    /** Each view of a page asks; a table is one of few that are kept in memory, and the same one each time. */
    private final Cache<Asked, List<TriedExpectation>> known =
            Caffeine.newBuilder().maximumSize(MOST_KEPT).build();

    private record Asked(PolicyTable table, Basis basis) {}

    StoredExpectations(ExpectationStore store, CaptureStore captures, CurrentHosts knownHosts) {
        this.store = store;
        this.captures = captures;
        this.knownHosts = knownHosts;
    }

    /** The outcomes of all of them under this table, by id. */
    public List<TriedExpectation> outcomes(PolicyTable table) {
        return known.get(
                new Asked(table, basis()), asked -> tried(store.current().all(), table));
    }

    private List<TriedExpectation> tried(List<StoredExpectation> those, PolicyTable table) {
        List<ExpectationOutcome> outcomes = ExpectationCheck.of(
                those.stream().map(StoredExpectation::expectation).toList(),
                table,
                knownHosts.get().hosts());
        return IntStream.range(0, those.size())
                .mapToObj(i -> new TriedExpectation(those.get(i), outcomes.get(i)))
                .toList();
    }

    /**
     * What a change does to those whose machine type's effective entries it touches; the others it cannot break. By id.
     */
    public List<ExpectationChange> changes(PolicyTable before, PolicyTable after) {
        Map<String, Boolean> touched = new HashMap<>();
        List<StoredExpectation> concerned = store.current().all().stream()
                .filter(stored -> touched.computeIfAbsent(
                        stored.expectation().machineType(), machineType -> isTouched(machineType, before, after)))
                .toList();
        if (concerned.isEmpty()) {
            return List.of();
        }
        List<TriedExpectation> was = tried(concerned, before);
        List<TriedExpectation> is = tried(concerned, after);
        return IntStream.range(0, concerned.size())
                .mapToObj(i -> new ExpectationChange(
                        concerned.get(i), was.get(i).outcome(), is.get(i).outcome()))
                .toList();
    }

    private static boolean isTouched(String machineType, PolicyTable before, PolicyTable after) {
        return (before.machineType(machineType) == null) != (after.machineType(machineType) == null)
                || !Set.copyOf(before.chainEntries(machineType)).equals(Set.copyOf(after.chainEntries(machineType)));
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
