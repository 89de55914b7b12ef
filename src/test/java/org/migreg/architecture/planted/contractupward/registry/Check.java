package org.migreg.architecture.planted.contractupward.registry;

public final class Check {}
