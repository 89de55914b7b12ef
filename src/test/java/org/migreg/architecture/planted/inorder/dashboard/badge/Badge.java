package org.migreg.architecture.planted.inorder.dashboard.badge;

import org.migreg.architecture.planted.inorder.dashboard.matrix.Matrix;

interface Badge {
    Matrix matrix();
}
