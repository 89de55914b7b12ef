package org.migreg.architecture.planted.questiontostore.policystore;

public final class PolicyStore {}
