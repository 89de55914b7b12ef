package org.migreg.hoststore;

import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.springframework.data.repository.query.Param;

interface HostVersionRepository extends Repository<HostVersionEntity, HostVersionEntity.Key> {

    @Query("select v from HostVersionEntity v where v.key.name = :name order by v.key.validFrom desc")
    List<HostVersionEntity> newestFirst(@Param("name") String name, Limit limit);

    /** Those that began after one revision, up to another, and were in force at the latter. */
    @Query("""
            select v from HostVersionEntity v
            where v.key.validFrom > :after and v.key.validFrom <= :upTo
            and (v.validTo is null or v.validTo > :upTo)""")
    List<HostVersionEntity> begunBetween(@Param("after") long after, @Param("upTo") long upTo);

    @Query("select distinct v.key.name from HostVersionEntity v where v.validTo > :after and v.validTo <= :upTo")
    List<String> endedBetween(@Param("after") long after, @Param("upTo") long upTo);

    @Query("select v from HostVersionEntity v where v.key.validFrom = :revision")
    List<HostVersionEntity> begunBy(@Param("revision") long revision);

    @Query("select v from HostVersionEntity v where v.validTo = :revision")
    List<HostVersionEntity> endedBy(@Param("revision") long revision);

    @Modifying
    @Query("update HostVersionEntity v set v.validTo = :revision where v.validTo is null and v.key.name in :names")
    int endAll(@Param("names") List<String> names, @Param("revision") long revision);
}
