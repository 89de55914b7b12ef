package org.migreg.capturestore;

import java.util.Collection;
import java.util.List;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.springframework.data.repository.query.Param;

interface CaptureAttributesVersionRepository
        extends Repository<CaptureAttributesVersionEntity, CaptureAttributesVersionEntity.Key> {

    /** Those that began after one revision, up to another, and were in force at the latter. */
    @Query("""
            select a from CaptureAttributesVersionEntity a
            where a.key.validFrom > :after and a.key.validFrom <= :upTo
            and (a.validTo is null or a.validTo > :upTo)""")
    List<CaptureAttributesVersionEntity> begunBetween(@Param("after") long after, @Param("upTo") long upTo);

    @Query("""
            select a from CaptureAttributesVersionEntity a
            where a.key.validFrom = :revision or a.validTo = :revision""")
    List<CaptureAttributesVersionEntity> begunOrEndedBy(@Param("revision") long revision);

    @Modifying
    @Query("""
            update CaptureAttributesVersionEntity a set a.validTo = :revision
            where a.validTo is null and a.key.captureId in :ids""")
    int end(@Param("ids") Collection<String> ids, @Param("revision") long revision);
}
