package org.migreg.revision;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Instances that share a PostgreSQL tell one another when they have written, so that each looks at once. A hint only:
 * one that is lost costs no more than the time until {@link HeadWatch} looks anyway.
 */
@Component
class RevisionNotices implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(RevisionNotices.class);

    private static final String CHANNEL = "migreg_revision";

    private static final Duration LISTEN_FOR = Duration.ofSeconds(1);
    private static final Duration TRY_AGAIN_AFTER = Duration.ofSeconds(2);

    private final DataSource dataSource;
    private final JdbcTemplate jdbc;
    private final ShownRevision shown;
    private final boolean areSent;
    private volatile boolean isListening;

    RevisionNotices(DataSource dataSource, JdbcTemplate jdbc, ShownRevision shown, DatabaseProduct product) {
        this.dataSource = dataSource;
        this.jdbc = jdbc;
        this.shown = shown;
        this.areSent = product == DatabaseProduct.POSTGRESQL;
    }

    /** Tells them with the commit of the transaction that it is called in, and not at all if there is none. */
    void send() {
        if (areSent) {
            jdbc.execute("notify " + CHANNEL);
        }
    }

    @Override
    public void start() {
        if (areSent) {
            isListening = true;
            Thread.ofVirtual().name("revision notices").start(this::listen);
        }
    }

    @Override
    public void stop() {
        isListening = false;
    }

    @Override
    public boolean isRunning() {
        return isListening;
    }

    private void listen() {
        while (isRunning()) {
            try (Connection connection = dataSource.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("listen " + CHANNEL);
                PGConnection listening = connection.unwrap(PGConnection.class);
                while (isRunning()) {
                    PGNotification[] notices = listening.getNotifications((int) LISTEN_FOR.toMillis());
                    if (notices != null && notices.length > 0) {
                        shown.lookNow();
                    }
                }
                statement.execute("unlisten " + CHANNEL);
            } catch (SQLException broken) {
                LOG.debug("not listening to other instances", broken);
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(TRY_AGAIN_AFTER);
        } catch (InterruptedException stopped) {
            isListening = false;
        }
    }
}
