package org.migreg.architecture.planted.contractupward.revision;

public final class RevisionLog {}
