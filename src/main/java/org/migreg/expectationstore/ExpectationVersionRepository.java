package org.migreg.expectationstore;

import org.jspecify.annotations.Nullable;
import org.migreg.revision.VersionRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.query.Param;

interface ExpectationVersionRepository
        extends VersionRepository<ExpectationVersionEntity, ExpectationVersionEntity.Key> {

    @Query("select max(v.key.expectationId) from ExpectationVersionEntity v")
    @Nullable
    Long highestId();

    @Modifying
    @Query("""
            update ExpectationVersionEntity v set v.validTo = :revision
            where v.validTo is null and v.key.expectationId = :id""")
    int end(@Param("id") long id, @Param("revision") long revision);
}
