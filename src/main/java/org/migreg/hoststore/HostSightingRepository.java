package org.migreg.hoststore;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.springframework.data.repository.query.Param;

interface HostSightingRepository extends Repository<HostSightingEntity, String> {

    @Query("select s from HostSightingEntity s where s.changeNumber > :after")
    List<HostSightingEntity> after(@Param("after") long after);

    @Query("select coalesce(max(s.changeNumber), 0) from HostSightingEntity s")
    long newestChange();

    @Query("select s.name from HostSightingEntity s where s.name in :names")
    List<String> present(@Param("names") List<String> names);

    @Modifying
    @Query("""
            update HostSightingEntity s set s.seenAt = :at, s.kernel = :kernel, s.changeNumber = :change
            where s.name in :names""")
    int update(
            @Param("names") List<String> names,
            @Param("at") Instant at,
            @Param("kernel") @Nullable String kernel,
            @Param("change") long change);
}
