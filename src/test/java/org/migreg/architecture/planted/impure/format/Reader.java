package org.migreg.architecture.planted.impure.format;

public interface Reader {}
