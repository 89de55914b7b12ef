package org.migreg.architecture.planted.inorder.policystore;

import jakarta.persistence.MappedSuperclass;

@MappedSuperclass
class TableEntity {}
