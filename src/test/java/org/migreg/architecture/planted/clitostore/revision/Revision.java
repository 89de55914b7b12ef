package org.migreg.architecture.planted.clitostore.revision;

public @interface Revision {}
