package org.migreg.policystore;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.migreg.revision.VersionRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.query.Param;

interface PolicyEntryVersionRepository
        extends VersionRepository<PolicyEntryVersionEntity, PolicyEntryVersionEntity.Key> {

    @Query("select max(v.key.entryId) from PolicyEntryVersionEntity v where v.key.validFrom <= :revision")
    @Nullable
    Long highestEntryIdUpTo(@Param("revision") long revision);

    @Query("select max(v.key.validFrom) from PolicyEntryVersionEntity v where v.key.entryId = :key")
    @Nullable
    Long lastBegun(@Param("key") long key);

    @Query("select max(v.validTo) from PolicyEntryVersionEntity v where v.key.entryId = :key")
    @Nullable
    Long lastEnded(@Param("key") long key);

    @Modifying
    @Query("""
            update PolicyEntryVersionEntity v set v.validTo = :revision
            where v.validTo is null and v.key.entryId in :ids""")
    int end(@Param("ids") Collection<Long> ids, @Param("revision") long revision);
}
