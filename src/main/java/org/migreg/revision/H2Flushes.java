package org.migreg.revision;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Has the system put on the disk what H2 moves in its file. H2 uses a part of the file again once nothing in it has
 * counted for RETENTION_TIME, by when what replaced it must be on the disk; by default it waits 45 s for the system to
 * do so by itself, and the file grows by all that is written in that time.
 */
@Component
class H2Flushes {

    private static final Logger LOG = LoggerFactory.getLogger(H2Flushes.class);

    /** Several times within the RETENTION_TIME of application.yaml. */
    private static final long EVERY_MILLIS = 1000;

    /** H2 goes on moving for some seconds after a write. */
    private static final Duration MOVES_FOR = Duration.ofMinutes(2);

    private final JdbcTemplate jdbc;
    private final DurableWrites writes;
    private final StorageSpace space;
    private final boolean isH2;

    H2Flushes(JdbcTemplate jdbc, DurableWrites writes, StorageSpace space, DatabaseProduct product) {
        this.jdbc = jdbc;
        this.writes = writes;
        this.space = space;
        this.isH2 = product == DatabaseProduct.H2;
    }

    @Scheduled(fixedDelay = EVERY_MILLIS, initialDelay = EVERY_MILLIS)
    void flush() {
        if (!isH2 || !writes.haveBeenWithin(MOVES_FOR) || space.obstacle().isPresent()) {
            return;
        }
        try {
            jdbc.execute("checkpoint sync");
        } catch (DataAccessException notNow) {
            LOG.debug("H2 was not flushed", notNow);
        }
    }
}
