package org.migreg.capturestore;

import java.util.Collection;
import org.migreg.revision.VersionRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.query.Param;

interface CaptureAttributesVersionRepository
        extends VersionRepository<CaptureAttributesVersionEntity, CaptureAttributesVersionEntity.Key> {

    @Modifying
    @Query("""
            update CaptureAttributesVersionEntity a set a.validTo = :revision
            where a.validTo is null and a.key.captureId in :ids""")
    int end(@Param("ids") Collection<String> ids, @Param("revision") long revision);
}
