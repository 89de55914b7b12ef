package org.migreg.revision;

import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/** What keeps the data. */
public enum DatabaseProduct {
    /** Within this process, in a file of its own. */
    H2,
    /** A server, which other instances may share. */
    POSTGRESQL;

    /** @throws org.springframework.dao.DataAccessException where the database does not answer */
    public static DatabaseProduct of(JdbcTemplate jdbc) {
        ConnectionCallback<String> name = connection -> connection.getMetaData().getDatabaseProductName();
        return "H2".equals(jdbc.execute(name)) ? H2 : POSTGRESQL;
    }
}
