package org.migreg.api.backup;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.migreg.api.operation.Problems;
import org.migreg.api.operation.Writes;
import org.migreg.contract.backup.BackupView;
import org.migreg.contract.problem.ProblemType;
import org.migreg.maintenance.Backup;
import org.migreg.maintenance.H2Backup;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/backups")
@Tag(name = "Backups", description = "Backups of the embedded database, made while the service runs.")
class BackupController {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final JdbcTemplate jdbc;
    private final Path directory;

    BackupController(JdbcTemplate jdbc, @Value("${migreg.data-dir}") Path dataDirectory) {
        this.jdbc = jdbc;
        this.directory = dataDirectory.resolve("backups");
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "makeBackup",
            summary = "Make a backup of the embedded database",
            description = "A zip in the directory backups of the data directory, with every write that was acknowledged"
                    + " before. It is opened once to see that it is one; what becomes of it is up to whoever asked. Reading"
                    + " and writing go on meanwhile. A PostgreSQL is backed up by pg_dump.")
    @ApiResponse(responseCode = "201", description = "The backup is there.")
    @Problems(ProblemType.NOT_EMBEDDED)
    @Writes({})
    synchronized BackupView make() {
        Path zip = directory.resolve("migreg-" + TIME.format(Instant.now()) + ".zip");
        ConnectionCallback<Backup> backup = connection -> H2Backup.make(connection, zip);
        Backup made = jdbc.execute(backup);
        return new BackupView(made.file(), made.revision(), made.bytes());
    }
}
