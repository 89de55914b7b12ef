package org.migreg.revision;

import jakarta.persistence.LockModeType;
import jakarta.persistence.QueryHint;
import org.hibernate.jpa.AvailableHints;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.jpa.repository.QueryHints;
import org.springframework.data.repository.Repository;

interface RegistryHeadRepository extends Repository<RegistryHeadEntity, Short> {

    @Query("select h from RegistryHeadEntity h where h.id = 1")
    RegistryHeadEntity read();

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select h from RegistryHeadEntity h where h.id = 1")
    RegistryHeadEntity lock();

    /** The same without waiting for anybody. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @QueryHints(@QueryHint(name = AvailableHints.HINT_SPEC_LOCK_TIMEOUT, value = "0"))
    @Query("select h from RegistryHeadEntity h where h.id = 1")
    RegistryHeadEntity lockAtOnce();

    /** Writes the row as it is; gives the number of rows. */
    @Modifying
    @Query("update RegistryHeadEntity h set h.revision = h.revision where h.id = 1")
    int touch();
}
