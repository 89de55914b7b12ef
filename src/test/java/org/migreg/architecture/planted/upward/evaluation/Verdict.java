package org.migreg.architecture.planted.upward.evaluation;

public interface Verdict {}
