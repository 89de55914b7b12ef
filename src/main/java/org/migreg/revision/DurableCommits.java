package org.migreg.revision;

import java.sql.DatabaseMetaData;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Has the operating system put committed data on the disk. PostgreSQL does so at each commit; H2 with
 * WRITE_DELAY=0 only hands them to the operating system, which keeps them when the process is killed but not when
 * the power fails.
 */
@Component
public class DurableCommits {

    private final JdbcTemplate jdbc;
    private final boolean isH2;

    DurableCommits(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        ConnectionCallback<String> productName = connection -> {
            DatabaseMetaData metaData = connection.getMetaData();
            return metaData.getDatabaseProductName();
        };
        this.isH2 = "H2".equals(jdbc.execute(productName));
    }

    /** Returns once all that is committed is on the disk. */
    public void sync() {
        if (isH2) {
            jdbc.execute("checkpoint sync");
        }
    }
}
