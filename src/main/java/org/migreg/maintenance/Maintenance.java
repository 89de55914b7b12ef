package org.migreg.maintenance;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands of the service's own jar that look after its database. */
@Command(
        name = "migreg",
        mixinStandardHelpOptions = true,
        subcommands = TokenCommands.class,
        description =
                "Looks after the database and the tokens. Settings of the service, such as --migreg.data-dir=DIR, go with each command;"
                        + " without a command the service starts.")
public final class Maintenance {

    private static final int FAILED = 1;

    private final Function<String[], DatabaseSettings> settings;
    private final String[] ofTheService;

    /** Set by picocli. */
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private Maintenance(Function<String[], DatabaseSettings> settings, String[] ofTheService) {
        this.settings = settings;
        this.ofTheService = ofTheService;
    }

    /** Whether the jar was called for this, and not to start the service. */
    public static boolean isCalled(String[] arguments) {
        return arguments.length > 0
                && Arrays.stream(arguments)
                        .anyMatch(
                                List.of("backup", "restore", "move-to-postgresql", "token", "--help", "-h")::contains);
    }

    /**
     * @param settings of the database, by the arguments that are settings of the service
     * @return the exit code: 0 when it was done, 1 when it failed, 2 when it was called wrongly
     */
    public static int run(String[] arguments, Function<String[], DatabaseSettings> settings) {
        String[] ofTheService =
                Arrays.stream(arguments).filter(Maintenance::isSetting).toArray(String[]::new);
        String[] ours = Arrays.stream(arguments)
                .filter(argument -> !isSetting(argument))
                .toArray(String[]::new);
        CommandLine command = new CommandLine(new Maintenance(settings, ofTheService));
        command.setExecutionExceptionHandler((failure, line, parsed) -> {
            if (!(failure instanceof MaintenanceException)) {
                throw failure;
            }
            line.getErr().println("migreg: " + failure.getMessage());
            return FAILED;
        });
        return command.execute(ours);
    }

    private static boolean isSetting(String argument) {
        return argument.startsWith("--") && argument.contains(".") && argument.contains("=");
    }

    DatabaseSettings database() {
        return settings.apply(ofTheService);
    }

    @Command(
            name = "backup",
            mixinStandardHelpOptions = true,
            description = "Makes a backup, whether or not the service runs, and opens it once to see that it is one.")
    int backup(@Parameters(paramLabel = "FILE", description = "where to; must not be there yet") Path file) {
        return done(() -> {
            Backup backup = Backups.make(database(), file.toAbsolutePath());
            return backup.file() + ": " + backup.bytes() + " bytes, up to revision " + backup.revision();
        });
    }

    @Command(
            name = "restore",
            mixinStandardHelpOptions = true,
            description = "Puts a backup where the next start finds it; the service must not run, and there must be no"
                    + " database in its place.")
    int restore(@Parameters(paramLabel = "FILE", description = "a backup") Path file) {
        return done(() -> Backups.restore(database(), file.toAbsolutePath()));
    }

    @Command(
            name = "move-to-postgresql",
            mixinStandardHelpOptions = true,
            description = "Copies an H2 database with all of its history into an empty PostgreSQL, and compares. The"
                    + " service must not run; the H2 database stays as it is.")
    int moveToPostgresql(
            @Parameters(paramLabel = "URL", description = "jdbc:postgresql://HOST/DATABASE") String url,
            @Option(names = "--username", required = true, description = "a role that may create tables there")
                    String username,
            @Option(
                            names = "--password",
                            arity = "0..1",
                            interactive = true,
                            echo = false,
                            description = "asked for; without this, PGPASSWORD of the environment")
                    char @Nullable [] password) {
        return done(() -> Backups.moveToPostgresql(
                database(), url, username, password == null ? System.getenv("PGPASSWORD") : new String(password)));
    }

    int done(Callable<String> work) {
        try {
            spec.commandLine().getOut().println(work.call());
            spec.commandLine().getOut().flush();
            return 0;
        } catch (MaintenanceException refused) {
            throw refused;
        } catch (Exception failed) {
            throw new MaintenanceException(String.valueOf(failed.getMessage()), failed);
        }
    }
}
