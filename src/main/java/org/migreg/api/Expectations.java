package org.migreg.api;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.ExpectationView;
import org.migreg.question.expectation.ExpectationChange;
import org.migreg.question.expectation.ExpectationOutcome;
import org.migreg.question.expectation.StoredExpectation;
import org.migreg.question.expectation.TriedExpectation;

/** Maps outcomes of expectations to the contract. */
final class Expectations {

    private Expectations() {}

    static ExpectationView view(StoredExpectation stored) {
        return ExpectationView.of(stored.id(), stored.expectation(), stored.description(), stored.revision());
    }

    static ExpectationView.OutcomeView view(TriedExpectation tried) {
        return view(tried.stored(), null, tried.outcome());
    }

    static List<ExpectationView.OutcomeView> views(List<ExpectationChange> changes) {
        return changes.stream()
                .map(change -> view(change.stored(), change.before(), change.after()))
                .toList();
    }

    private static ExpectationView.OutcomeView view(
            StoredExpectation stored, @Nullable ExpectationOutcome before, ExpectationOutcome outcome) {
        return new ExpectationView.OutcomeView(
                stored.id(),
                stored.expectation().toString(),
                outcome.status().name(),
                before == null ? null : before.status().name(),
                outcome.sentence(),
                outcome.checked(),
                outcome.failing().size(),
                outcome.undecided().size(),
                Stream.concat(outcome.failing().stream(), outcome.undecided().stream())
                        .limit(ExpectationView.MOST_MOVES)
                        .map(move -> ExpectationView.MoveView.of(
                                move.pair().source().label(),
                                move.pair().destination().label(),
                                move.evaluation()))
                        .toList());
    }
}
