package org.migreg.hoststore;

import java.util.List;
import org.migreg.revision.VersionRepository;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.query.Param;

interface HostVersionRepository extends VersionRepository<HostVersionEntity, HostVersionEntity.Key> {

    @Query("select v from HostVersionEntity v where v.key.name = :name order by v.key.validFrom desc")
    List<HostVersionEntity> newestFirst(@Param("name") String name, Limit limit);

    @Query("select distinct v.key.name from HostVersionEntity v where v.validTo > :after and v.validTo <= :upTo")
    List<String> endedBetween(@Param("after") long after, @Param("upTo") long upTo);

    @Modifying
    @Query("update HostVersionEntity v set v.validTo = :revision where v.validTo is null and v.key.name in :names")
    int endAll(@Param("names") List<String> names, @Param("revision") long revision);
}
