package org.migreg.architecture.planted.impure.revision;

public interface Reader {}
