package org.migreg.architecture.planted.contracttocheck.check;

public final class Check {}
