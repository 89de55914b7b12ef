package org.migreg.architecture.planted.evaluationseescapture.capture;

public interface Capture {}
