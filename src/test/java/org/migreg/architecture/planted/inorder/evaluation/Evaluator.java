package org.migreg.architecture.planted.inorder.evaluation;

import org.migreg.architecture.planted.inorder.policy.PolicyTable;

public interface Evaluator {
    boolean evaluate(PolicyTable table);
}
