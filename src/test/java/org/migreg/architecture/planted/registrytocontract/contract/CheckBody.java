package org.migreg.architecture.planted.registrytocontract.contract;

public final class CheckBody {}
