package org.migreg.revision;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * An instance that is frozen in the middle of a write, its machine being paused for example, would keep its locks for
 * as long as it sleeps. So each instance shows PostgreSQL while it writes that it is alive, and one that
 * waits ends the session of a process that has done nothing for some seconds. When that one wakes up its write fails.
 *
 * <p>PostgreSQL's own timeouts do not tell a process that sleeps from one that computes, and reach neither a session
 * that sleeps while it sends a batch nor one that sleeps while it receives an answer.
 */
@Component
record SleepingWriters(DurableWrites writes, DatabaseProduct product, JdbcTemplate jdbc) {

    private static final Logger LOG = LoggerFactory.getLogger(SleepingWriters.class);

    private static final long LOOK_EVERY_MILLIS = 1000;

    /** Many times as long as a process takes to show that it is alive. */
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(6);

    /** A role may end its own sessions. All that a session does renews one of the two times. */
    private static final String END_SLEEPERS = """
            with process as (
              select application_name, max(greatest(state_change, query_start)) as alive
                from pg_stat_activity
               where datname = current_database() and usename = current_user and application_name like 'migreg %'
               group by application_name)
            select count(pg_terminate_backend(sleeper.pid))
              from pg_stat_activity waiting
             cross join lateral unnest(pg_blocking_pids(waiting.pid)) as blocking (pid)
              join pg_stat_activity sleeper on sleeper.pid = blocking.pid and sleeper.usename = current_user
              join process on process.application_name = sleeper.application_name
             where waiting.application_name = ? and waiting.wait_event_type = 'Lock'
               and process.alive < clock_timestamp() - ? * interval '1 second'
            """;

    @Scheduled(fixedDelay = LOOK_EVERY_MILLIS, initialDelay = LOOK_EVERY_MILLIS)
    void look() {
        if (product != DatabaseProduct.POSTGRESQL || !writes.areUnderWay()) {
            return;
        }
        try {
            // Also where nobody waits: whatever this process asks shows that it is alive.
            Long ended = jdbc.queryForObject(
                    END_SLEEPERS, Long.class, DatabaseConnections.PROCESS, LONGEST_SLEEP.toSeconds());
            if (ended != null && ended > 0) {
                LOG.warn("ended {} sessions that kept a write waiting while their process slept", ended);
            }
        } catch (DataAccessException failed) {
            LOG.warn("cannot show that this process is alive, or see whether others are: {}", failed.toString());
        }
    }
}
