package org.migreg.accountstore;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.springframework.data.repository.query.Param;

interface AccountRepository extends Repository<AccountEntity, String> {

    Optional<AccountEntity> findById(String name);

    @Query("select a from AccountEntity a order by a.name")
    List<AccountEntity> all();

    long count();

    @Modifying
    @Query("delete from AccountEntity a where a.name = :name")
    void delete(@Param("name") String name);

    @Query("select t from ApiTokenEntity t order by t.createdAt desc, t.id")
    List<ApiTokenEntity> tokens();

    @Query("select t from ApiTokenEntity t where t.account = :account order by t.createdAt desc, t.id")
    List<ApiTokenEntity> tokensOf(@Param("account") String account);

    @Query("select t from ApiTokenEntity t where t.account = :account and t.id = :id")
    Optional<ApiTokenEntity> token(@Param("account") String account, @Param("id") String id);

    @Modifying
    @Query("delete from ApiTokenEntity t where t.account = :account")
    void deleteTokensOf(@Param("account") String account);

    @Modifying
    @Query("delete from ApiTokenEntity t where t.account = :account and coalesce(t.revokedAt, t.expiresAt) < :time")
    void deleteTokensEndedBefore(@Param("account") String account, @Param("time") Instant time);

    /** Counts up; whoever else wants to waits until this transaction ends. */
    @Modifying
    @Query("update AccessStateEntity s set s.version = s.version + 1 where s.id = 1")
    int countUp();

    @Query("select s.version from AccessStateEntity s where s.id = 1")
    long version();

    @Modifying
    @Query("""
            update ApiTokenEntity t set t.lastUsedAt = :time
            where t.id = :id and (t.lastUsedAt is null or t.lastUsedAt < :time)""")
    int used(@Param("id") String id, @Param("time") Instant time);
}
