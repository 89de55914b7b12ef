package org.migreg.architecture.planted.impure.register;

import org.springframework.transaction.annotation.Transactional;

interface Annotated {
    @Transactional
    void decode();
}
