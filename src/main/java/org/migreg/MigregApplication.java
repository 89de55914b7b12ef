package org.migreg;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.migreg.maintenance.DatabaseSettings;
import org.migreg.maintenance.Maintenance;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/** Starts migreg. */
@SpringBootApplication
public class MigregApplication {

    /**
     * How many threads of the system serve at the same time. The JVM has one for each processor by itself, and a
     * question that is worked on for seconds would keep all others waiting; so the system shares them out.
     */
    private static final String CARRIERS = "jdk.virtualThreadScheduler.parallelism";

    public static void main(String[] args) {
        if (System.getProperty(CARRIERS) == null) {
            System.setProperty(CARRIERS, "64");
        }
        if (Maintenance.isCalled(args)) {
            System.exit(Maintenance.run(args, MigregApplication::databaseSettings));
        }
        SpringApplication.run(MigregApplication.class, args);
    }

    /** As a start would find them, without one. */
    static DatabaseSettings databaseSettings(String[] settings) {
        SpringApplication application = new SpringApplication(Nothing.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setLogStartupInfo(false);
        // A database that is missing is about to be restored.
        List<String> all = new ArrayList<>(List.of(
                "--" + DatabaseFile.NEW_DATABASE + "=true",
                "--logging.level.root=warn",
                "--logging.structured.format.console="));
        all.addAll(List.of(settings));
        try (ConfigurableApplicationContext context = application.run(all.toArray(String[]::new))) {
            Environment environment = context.getEnvironment();
            String address = environment.getProperty("server.address", "127.0.0.1");
            return new DatabaseSettings(
                    Path.of(environment.getRequiredProperty(DataDirectory.PROPERTY)),
                    environment.getRequiredProperty("spring.datasource.url"),
                    environment.getProperty("spring.datasource.username", ""),
                    environment.getProperty("spring.datasource.password"),
                    URI.create("http://"
                            + (address.equals("0.0.0.0") ? "127.0.0.1" : address)
                            + ":" + environment.getProperty("server.port", "8080")));
        }
    }

    /** Has nothing but the environment. */
    private static final class Nothing {}
}
