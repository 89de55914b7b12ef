package org.migreg.revision;

import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.stereotype.Component;

/**
 * Gives migrations of a PostgreSQL connections of their own: what the timeouts of {@link DatabaseConnections} are right
 * for, a migration of large tables is not.
 */
@Component
record MigrationConnections(ObjectProvider<JdbcConnectionDetails> details) implements FlywayConfigurationCustomizer {

    @Override
    public void customize(FluentConfiguration configuration) {
        JdbcConnectionDetails database = details.getIfAvailable();
        if (database != null && DatabaseConnections.isPostgres(database.getJdbcUrl())) {
            configuration.dataSource(database.getJdbcUrl(), database.getUsername(), database.getPassword());
        }
    }
}
