package org.migreg.storage;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An empty database for one test class.
 *
 * @param settings what the service is started with to use it
 */
public record Database(List<String> settings) {

    private static final AtomicInteger MADE = new AtomicInteger();

    /** A file in the directory, with the settings that the service has by default. */
    public static Database h2(Path directory) {
        return new Database(List.of("--migreg.data-dir=" + directory));
    }

    /** A database of its own on the one server of this JVM. */
    public static Database postgres() {
        String name = "migreg" + MADE.incrementAndGet();
        EmbeddedPostgres server = Server.RUNNING;
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        return new Database(List.of(
                "--migreg.data-dir=" + System.getProperty("java.io.tmpdir"),
                "--spring.datasource.url=" + server.getJdbcUrl("postgres", name),
                "--spring.datasource.username=postgres",
                "--spring.datasource.password="));
    }

    private static final class Server {

        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
                return server;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        private static void stop(EmbeddedPostgres server) {
            try {
                server.close();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
