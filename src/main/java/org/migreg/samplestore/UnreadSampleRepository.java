package org.migreg.samplestore;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.springframework.data.repository.query.Param;

interface UnreadSampleRepository extends Repository<UnreadSampleEntity, Long> {

    Optional<UnreadSampleEntity> findById(long id);

    @Query("select s from UnreadSampleEntity s order by s.id desc")
    List<UnreadSampleEntity> newestFirst();

    long count();

    @Modifying
    @Query("delete from UnreadSampleEntity s where s.id = :id")
    int delete(@Param("id") long id);

    @Query(nativeQuery = true, value = "select nextval('unread_sample_id')")
    long nextId();
}
