package org.migreg.revision;

import jakarta.persistence.LockModeType;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface RegistryHeadRepository extends Repository<RegistryHeadEntity, Short> {

    @Query("select h from RegistryHeadEntity h where h.id = 1")
    RegistryHeadEntity read();

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select h from RegistryHeadEntity h where h.id = 1")
    RegistryHeadEntity lock();
}
