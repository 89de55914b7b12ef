package org.migreg.architecture.planted.inorder.dashboard.matrix;

public interface Matrix {}
