package org.migreg.architecture.planted.sectioncycle.dashboard.badge.colour;

public interface Colour {}
