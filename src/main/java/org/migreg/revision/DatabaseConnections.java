package org.migreg.revision;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Sets up the connections to the database so that no instance waits long for a database that is gone, nor for
 * another instance that sleeps in the middle of a write, and so that H2 is opened again after it has closed.
 * What is configured goes first.
 */
final class DatabaseConnections implements BeanPostProcessor {

    /** By this PostgreSQL knows which sessions are of one process. */
    static final String PROCESS = "migreg " + UUID.randomUUID();

    /** Long enough to outlast a writer that sleeps, see {@link SleepingWriters}. */
    static final Duration LONGEST_LOCK_WAIT = Duration.ofSeconds(9);

    /** So long may the server keep silent over what it was asked; only its largest answers take some seconds. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);

    /** For what nobody waits for any more. */
    private static final Duration LONGEST_STATEMENT = Duration.ofMinutes(5);

    /** Longer than this process computes, or collects garbage, between two statements of a write. */
    private static final Duration LONGEST_IDLING = Duration.ofMinutes(1);

    /** Whoever needs a database that is gone hears so within two seconds; the sum of these is the longest. */
    private static final Duration LONGEST_BORROWING = Duration.ofSeconds(1);

    private static final Duration LONGEST_VALIDATION = Duration.ofMillis(600);

    private static final Duration LONGEST_CONNECTING = Duration.ofSeconds(2);
    private static final Duration LONGEST_LOGIN = Duration.ofSeconds(10);

    private static final String POSTGRESQL = "jdbc:postgresql:";
    private static final String H2 = "jdbc:h2:";

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource pool && pool.getJdbcUrl() != null) {
            // A connection is tried out each time before it is used, not only when it was idle for half a second.
            System.setProperty("com.zaxxer.hikari.aliveBypassWindowMs", "0");
            if (isPostgres(pool.getJdbcUrl())) {
                setUpPostgres(pool);
            } else if (pool.getJdbcUrl().startsWith(H2)) {
                pool.setExceptionOverride(new ClosedH2(pool));
            }
        }
        return bean;
    }

    static boolean isPostgres(String jdbcUrl) {
        return jdbcUrl.startsWith(POSTGRESQL);
    }

    private static void setUpPostgres(HikariDataSource pool) {
        HikariConfig defaults = new HikariConfig();
        if (pool.getConnectionTimeout() == defaults.getConnectionTimeout()) {
            pool.setConnectionTimeout(LONGEST_BORROWING.toMillis());
        }
        if (pool.getValidationTimeout() == defaults.getValidationTimeout()) {
            pool.setValidationTimeout(LONGEST_VALIDATION.toMillis());
        }
        pool.addDataSourceProperty("connectTimeout", seconds(LONGEST_CONNECTING));
        pool.addDataSourceProperty("loginTimeout", seconds(LONGEST_LOGIN));
        pool.addDataSourceProperty("socketTimeout", seconds(LONGEST_SILENCE));
        pool.addDataSourceProperty("tcpKeepAlive", "true");
        String further = pool.getConnectionInitSql();
        pool.setConnectionInitSql(
                "set application_name = '" + PROCESS + "'; set lock_timeout = " + LONGEST_LOCK_WAIT.toMillis()
                        + "; set statement_timeout = " + LONGEST_STATEMENT.toMillis()
                        + "; set idle_in_transaction_session_timeout = " + LONGEST_IDLING.toMillis()
                        + (further == null ? "" : "; " + further));
    }

    private static String seconds(Duration duration) {
        return Long.toString(duration.toSeconds());
    }

    /**
     * H2 closes a database whose file it cannot write or read, a full disk being the usual reason. Connections to it
     * call themselves valid, and all that is asked of them fails; a new one opens the file again, as its last good
     * commit left it. So none of the old ones is kept.
     */
    private record ClosedH2(HikariDataSource pool) implements SQLExceptionOverride {

        /** Broken, closed, closing. */
        private static final Set<Integer> CODES = Set.of(90067, 90098, 90121);

        @java.lang.Override // the interface has an Override of its own
        public SQLExceptionOverride.Override adjudicate(SQLException problem) {
            if (!CODES.contains(problem.getErrorCode())) {
                return SQLExceptionOverride.super.adjudicate(problem);
            }
            HikariPoolMXBean connections = pool.getHikariPoolMXBean();
            if (connections != null) {
                connections.softEvictConnections();
            }
            return SQLExceptionOverride.Override.MUST_EVICT;
        }
    }
}
