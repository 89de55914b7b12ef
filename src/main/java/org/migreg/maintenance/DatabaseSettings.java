package org.migreg.maintenance;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the service keeps its data, and where it listens.
 *
 * @param url JDBC's
 * @param service the address at which a service with these settings would be asked
 */
public record DatabaseSettings(
        Path dataDirectory,
        String url,
        String username,
        @Nullable String password,
        URI service) {

    private static final String POSTGRESQL = "jdbc:postgresql:";

    boolean isPostgresql() {
        return url.startsWith(POSTGRESQL);
    }

    /** As PostgreSQL's own programs take it. */
    String libpqUri() {
        return "postgresql:" + url.substring(POSTGRESQL.length()).replaceFirst("\\?.*", "");
    }
}
