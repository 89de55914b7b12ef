package org.migreg.architecture.planted.sectioncycle.dashboard.matrix;

public interface Matrix {}
