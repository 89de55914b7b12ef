package org.migreg.draftstore;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.springframework.data.repository.query.Param;

interface DraftRepository extends Repository<DraftEntity, String> {

    Optional<DraftEntity> findByName(String name);

    @Query("select d from DraftEntity d order by d.name")
    List<DraftEntity> all();

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select d from DraftEntity d where d.name = :name")
    Optional<DraftEntity> lock(@Param("name") String name);

    @Query(nativeQuery = true, value = "select nextval('draft_version')")
    long nextVersion();
}
