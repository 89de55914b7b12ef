package org.migreg.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.migreg.policy.PolicyTable;
import org.migreg.question.fleet.PairEvaluator;
import org.springframework.stereotype.Component;

/** The evaluators of the tables that were asked about lately, with the policies that they have merged. */
@Component
public class PairEvaluators {

    private static final int MOST_KEPT = 8;

    /** By identity, which weak keys mean: a change that is looked at before it is made has the number of a revision that may come to be another. */
    private final Cache<PolicyTable, PairEvaluator> evaluators =
            Caffeine.newBuilder().weakKeys().maximumSize(MOST_KEPT).build();

    PairEvaluators() {}

    public PairEvaluator of(PolicyTable table) {
        return evaluators.get(table, PairEvaluator::new);
    }
}
