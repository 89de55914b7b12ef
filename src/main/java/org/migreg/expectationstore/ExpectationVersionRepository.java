package org.migreg.expectationstore;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.springframework.data.repository.query.Param;

interface ExpectationVersionRepository extends Repository<ExpectationVersionEntity, ExpectationVersionEntity.Key> {

    @Query("""
            select v from ExpectationVersionEntity v
            where v.key.validFrom <= :revision and (v.validTo is null or v.validTo > :revision)
            order by v.key.expectationId""")
    List<ExpectationVersionEntity> inForceAt(@Param("revision") long revision);

    @Query("select v from ExpectationVersionEntity v where v.key.validFrom = :revision or v.validTo = :revision")
    List<ExpectationVersionEntity> begunOrEndedBy(@Param("revision") long revision);

    @Query("select max(v.key.expectationId) from ExpectationVersionEntity v")
    @Nullable
    Long highestId();

    @Modifying
    @Query("""
            update ExpectationVersionEntity v set v.validTo = :revision
            where v.validTo is null and v.key.expectationId = :id""")
    int end(@Param("id") long id, @Param("revision") long revision);
}
