package org.migreg.architecture.planted.evaluationseescapture.evaluation;

import org.migreg.architecture.planted.evaluationseescapture.capture.Capture;

interface SeesCapture {
    void evaluate(Capture[] captures);
}
