package org.migreg.capturestore;

import java.util.List;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.springframework.data.repository.query.Param;

interface CaptureRepository extends Repository<CaptureEntity, String> {

    /** Those that revisions after one and up to another have added or completed. */
    @Query("""
            select c from CaptureEntity c where c.id in (
                select a.key.captureId from CaptureAttributesVersionEntity a
                where a.key.validFrom > :after and a.key.validFrom <= :upTo)""")
    List<CaptureEntity> changedBetween(@Param("after") long after, @Param("upTo") long upTo);
}
