package org.migreg.architecture.planted.inorder.cli;

import org.migreg.architecture.planted.inorder.evaluation.Evaluator;
import org.migreg.architecture.planted.inorder.format.json.TableReader;

interface CheckCommand {
    void run(TableReader reader, Evaluator evaluator);
}
