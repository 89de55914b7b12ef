package org.migreg.architecture.planted.unranked.helpers;

public final class Unranked {}
