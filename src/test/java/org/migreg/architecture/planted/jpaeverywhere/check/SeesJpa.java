package org.migreg.architecture.planted.jpaeverywhere.check;

import jakarta.persistence.EntityManager;

interface SeesJpa {
    void check(EntityManager entityManager);
}
