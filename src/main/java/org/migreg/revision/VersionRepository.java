package org.migreg.revision;

import java.util.List;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.NoRepositoryBean;
import org.springframework.data.repository.Repository;
import org.springframework.data.repository.query.Param;

/** Rows each of which says what a thing was from one revision up to, not including, another. */
@NoRepositoryBean
public interface VersionRepository<E, K> extends Repository<E, K> {

    @Query("""
            select v from #{#entityName} v
            where v.key.validFrom <= :revision and (v.validTo is null or v.validTo > :revision)""")
    List<E> inForceAt(@Param("revision") long revision);

    @Query("select v from #{#entityName} v where v.key.validFrom = :revision")
    List<E> begunBy(@Param("revision") long revision);

    /** Asked apart from the others: with an "or" H2 would look at every row. */
    @Query("select v from #{#entityName} v where v.validTo = :revision")
    List<E> endedBy(@Param("revision") long revision);

    /** Those that began after one revision, up to another, and were in force at the latter. */
    @Query("""
            select v from #{#entityName} v
            where v.key.validFrom > :after and v.key.validFrom <= :upTo
            and (v.validTo is null or v.validTo > :upTo)""")
    List<E> begunBetween(@Param("after") long after, @Param("upTo") long upTo);
}
