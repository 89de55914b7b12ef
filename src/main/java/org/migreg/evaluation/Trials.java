package org.migreg.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What comes of every combination of answers to the open questions.
 *
 * @param all the first with nothing that is open applying; only that one where there are too many questions
 * @param verdicts the verdict of each
 * @param exhaustive whether no combination is left out
 */
record Trials(Scenario scenario, List<Comparison> all, List<Verdict> verdicts, boolean exhaustive) {

    /** More independent questions than this are not tried out: 2^6 trials of real lists take about a millisecond. */
    private static final int MOST_QUESTIONS = 6;

    static Trials of(Scenario scenario) {
        List<Question> questions = scenario.questions();
        Map<Object, Integer> subjects = scenario.subjects();
        boolean exhaustive = subjects.size() <= MOST_QUESTIONS;
        int combinations = exhaustive ? 1 << subjects.size() : 1;
        List<Comparison> trials = new ArrayList<>(combinations);
        for (int answers = 0; answers < combinations; answers++) {
            boolean[] yes = new boolean[questions.size()];
            for (int i = 0; answers != 0 && i < yes.length; i++) {
                yes[i] = (answers >> subjects.getOrDefault(questions.get(i).subject(), 0) & 1) != 0;
            }
            trials.add(scenario.compare(yes));
        }
        return new Trials(scenario, trials, trials.stream().map(Verdicts::of).toList(), exhaustive);
    }

    /** Whether there are more questions than are tried out, so that the verdict can only be UNKNOWN. */
    static boolean areTooMany(Scenario scenario) {
        return scenario.subjects().size() > MOST_QUESTIONS;
    }

    Comparison first() {
        return all.getFirst();
    }

    Verdict verdict() {
        return exhaustive ? Verdicts.ofOneOf(verdicts) : Verdict.UNKNOWN;
    }

    /** Whether the verdict is the same however the open questions are answered. */
    boolean agreeOnTheVerdict() {
        return exhaustive && verdicts.stream().allMatch(each -> each == verdicts.getFirst());
    }

    /** Whether this is the same in all of them. */
    boolean agreeOn(Function<Comparison, @Nullable Object> what) {
        if (all.size() == 1) {
            return true;
        }
        Object ofFirst = what.apply(first());
        return all.stream().allMatch(each -> Objects.equals(what.apply(each), ofFirst));
    }
}
