package org.migreg.api.limits;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much clients may take of the service.
 *
 * @param patience how long a client may let the service wait: for a request's header, for the next bytes of its body,
 *     for taking the next bytes of an answer
 * @param leastRate how many bytes a second a body must bring and an answer must be taken; who is slower uses up the
 *     patience
 * @param mostConnections how many connections are kept; by default by the heap, 256 to 8192
 * @param memory what bodies being read and answers being sent may take together; a quarter of the heap by default
 */
@ConfigurationProperties("migreg.clients")
record ClientSettings(
        @DefaultValue("10s") Duration patience,
        @DefaultValue("8KB") DataSize leastRate,
        @Nullable Integer mostConnections,
        @Nullable DataSize memory) {

    /** What a connection takes while a request on it is served and waits for its client. */
    private static final long OF_A_CONNECTION = 128 << 10;

    ClientSettings {
        if (patience.toMillis() < 1 || leastRate.toBytes() < 1) {
            throw new IllegalArgumentException("migreg.clients.patience and least-rate are above 0");
        }
    }

    int connections() {
        if (mostConnections != null) {
            return mostConnections;
        }
        return Math.clamp(Runtime.getRuntime().maxMemory() / 4 / OF_A_CONNECTION, 256, 8192);
    }

    long memoryInBytes() {
        return memory == null ? Runtime.getRuntime().maxMemory() / 4 : memory.toBytes();
    }
}
