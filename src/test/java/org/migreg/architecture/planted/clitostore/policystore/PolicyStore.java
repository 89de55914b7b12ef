package org.migreg.architecture.planted.clitostore.policystore;

public interface PolicyStore {}
