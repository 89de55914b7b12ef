package org.migreg.architecture.planted.webtoapi.api;

public final class CheckController {}
