package org.migreg.policystore;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.migreg.revision.VersionRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.query.Param;

interface MachineTypeVersionRepository
        extends VersionRepository<MachineTypeVersionEntity, MachineTypeVersionEntity.Key> {

    @Query("select max(v.key.validFrom) from MachineTypeVersionEntity v where v.key.name = :key")
    @Nullable
    Long lastBegun(@Param("key") String key);

    @Query("select max(v.validTo) from MachineTypeVersionEntity v where v.key.name = :key")
    @Nullable
    Long lastEnded(@Param("key") String key);

    @Modifying
    @Query("""
            update MachineTypeVersionEntity v set v.validTo = :revision
            where v.validTo is null and v.key.name in :names""")
    int end(@Param("names") Collection<String> names, @Param("revision") long revision);
}
