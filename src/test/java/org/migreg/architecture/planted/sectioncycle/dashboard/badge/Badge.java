package org.migreg.architecture.planted.sectioncycle.dashboard.badge;

import org.migreg.architecture.planted.sectioncycle.dashboard.matrix.Matrix;

interface Badge {
    Matrix matrix();
}
