package org.migreg.registry;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.migreg.qemu.QemuVersion;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is taken for granted of the fleet.
 *
 * @param assumeQemu the QEMU of hosts of which none is recorded: a version such as {@code 10.2.1}, {@code tables} for a
 *     build that carries the properties, or nothing: then questions about such hosts are answered UNKNOWN
 * @param hosts how long what is recorded of a host holds
 */
@ConfigurationProperties("migreg")
public record FleetSettings(
        @Nullable String assumeQemu, @DefaultValue Hosts hosts) {

    /** The setting's value for builds that the tables are written for. */
    public static final String TABLES = "tables";

    /** @param staleAfter a host that was not heard of for longer gives UNKNOWN */
    public record Hosts(@DefaultValue("14d") Duration staleAfter) {}

    public FleetSettings {
        assumeQemu = assumeQemu == null || assumeQemu.isBlank() ? null : assumeQemu.strip();
        if (assumeQemu != null && !assumeQemu.equals(TABLES)) {
            // A mistyped setting shows at start, not with the first question.
            QemuVersion.parse(assumeQemu);
        }
    }
}
