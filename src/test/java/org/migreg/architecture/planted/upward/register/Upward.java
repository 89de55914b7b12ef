package org.migreg.architecture.planted.upward.register;

import org.migreg.architecture.planted.upward.evaluation.Verdict;

interface Upward {
    Verdict verdict();
}
