package org.migreg;

import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.jspecify.annotations.Nullable;
import org.migreg.revision.DatabaseProduct;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Brings the schema up to date. H2 commits each statement of a migration by itself, so that a first start that was
 * cut off leaves some of the tables, on which the migrations cannot run again: they are made anew, since nothing has
 * been written to them.
 */
@Component
final class SchemaMigration implements FlywayMigrationStrategy {

    private static final Logger LOG = LoggerFactory.getLogger(SchemaMigration.class);

    /** With this begins the description of a migration after which versions before it cannot go on. */
    private static final String CONTRACTION = "contract ";

    @Override
    public void migrate(Flyway flyway) {
        JdbcTemplate jdbc = new JdbcTemplate(flyway.getConfiguration().getDataSource());
        requireNoContractionOfALaterVersion(flyway);
        migrate(flyway, jdbc);
        if (isH2(jdbc)) {
            // The administrator's token is made next, and shows that there are tables.
            jdbc.execute("checkpoint sync");
        }
    }

    /** An older version goes on beside a later one for as long as that has only added to the schema. */
    private static void requireNoContractionOfALaterVersion(Flyway flyway) {
        for (MigrationInfo applied : flyway.info().applied()) {
            if (applied.getState() != MigrationState.FUTURE_SUCCESS) {
                continue;
            }
            String migration = "migration " + applied.getVersion() + ", '" + applied.getDescription() + "'";
            if (applied.getDescription().startsWith(CONTRACTION)) {
                throw new UnusableDatabaseException(
                        "A later version of migreg has changed the tables of the database so that this one cannot use them"
                                + " any more (" + migration + ").",
                        "Start that version or a later one; to go back, restore a backup from before the upgrade"
                                + " (docs/storage.md, Upgrades).",
                        null);
            }
            LOG.warn("A later version of migreg has added to the tables ({}): this one goes on without it", migration);
        }
    }

    private static void migrate(Flyway flyway, JdbcTemplate jdbc) {
        try {
            flyway.migrate();
        } catch (FlywayException failure) {
            if (!isH2(jdbc)) {
                throw failure;
            }
            if (!isWithoutData(jdbc)) {
                throw new UnusableDatabaseException(
                        "The tables of the database cannot be brought up to date: " + failure.getMessage(),
                        "An upgrade that was cut off can leave them half changed. " + DatabaseFile.RESTORE
                                + " It must be a backup from before the upgrade.",
                        failure);
            }
            LOG.info("An earlier first start was cut off while it made the tables: they are made anew");
            jdbc.execute("drop all objects");
            flyway.migrate();
        }
    }

    private static boolean isH2(JdbcTemplate jdbc) {
        try {
            return DatabaseProduct.of(jdbc) == DatabaseProduct.H2;
        } catch (DataAccessException unreachable) {
            return false;
        }
    }

    private static boolean isWithoutData(JdbcTemplate jdbc) {
        // The migrations themselves fill these two.
        List<@Nullable String> tables = jdbc.queryForList(
                "select table_name from information_schema.tables where table_schema = current_schema"
                        + " and table_name <> 'flyway_schema_history' and table_name <> 'registry_head'",
                String.class);
        return tables.stream().allMatch(table -> table == null || isEmpty(jdbc, table));
    }

    private static boolean isEmpty(JdbcTemplate jdbc, String table) {
        return jdbc.queryForList("select 1 from \"" + table.replace("\"", "\"\"") + "\" limit 1")
                .isEmpty();
    }
}
