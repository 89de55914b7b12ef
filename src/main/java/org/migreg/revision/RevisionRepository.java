package org.migreg.revision;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.migreg.history.RevisionKind;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.springframework.data.repository.query.Param;

interface RevisionRepository extends Repository<RevisionEntity, Long> {

    Optional<RevisionEntity> findByNumber(long number);

    List<RevisionEntity> findByNumberIn(Collection<Long> numbers);

    List<RevisionEntity> findByNumberGreaterThanOrderByNumberAsc(long after, Limit limit);

    List<RevisionEntity> findByNumberLessThanOrderByNumberDesc(long before, Limit limit);

    List<RevisionEntity> findByKindAndNumberLessThanOrderByNumberDesc(RevisionKind kind, long before, Limit limit);

    @Query("select max(r.number) from RevisionEntity r where r.kind = :kind and r.number <= :number")
    @Nullable
    Long newestUpTo(@Param("kind") RevisionKind kind, @Param("number") long number);

    @Query("select max(r.number) from RevisionEntity r where r.madeAt <= :time")
    @Nullable
    Long newestAt(@Param("time") Instant time);
}
