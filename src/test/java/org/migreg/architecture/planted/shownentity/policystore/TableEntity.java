package org.migreg.architecture.planted.shownentity.policystore;

import jakarta.persistence.MappedSuperclass;

@MappedSuperclass
class TableEntity {}
