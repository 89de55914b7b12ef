package org.migreg.architecture.planted.publicentity.policystore;

import jakarta.persistence.MappedSuperclass;

@MappedSuperclass
public class PublicEntity {}
