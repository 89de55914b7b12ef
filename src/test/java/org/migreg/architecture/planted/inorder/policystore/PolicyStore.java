package org.migreg.architecture.planted.inorder.policystore;

import jakarta.persistence.EntityManager;
import org.migreg.architecture.planted.inorder.policy.PolicyTable;

public interface PolicyStore {
    PolicyTable load(EntityManager entityManager);
}
