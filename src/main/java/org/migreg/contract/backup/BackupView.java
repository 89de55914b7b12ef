package org.migreg.contract.backup;

import io.swagger.v3.oas.annotations.media.Schema;

/** A backup that was made. */
@Schema(name = "Backup")
public record BackupView(
        @Schema(
                description = "Where it is on the service's machine.",
                example = "/var/lib/migreg/backups/migreg-r123.zip")
        String file,

        @Schema(description = "The newest revision in it.", example = "123")
        long revision,

        long bytes) {}
