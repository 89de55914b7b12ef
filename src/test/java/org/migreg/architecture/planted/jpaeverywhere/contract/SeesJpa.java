package org.migreg.architecture.planted.jpaeverywhere.contract;

import jakarta.persistence.EntityManager;

interface SeesJpa {
    void check(EntityManager entityManager);
}
