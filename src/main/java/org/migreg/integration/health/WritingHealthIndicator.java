package org.migreg.integration.health;

import org.migreg.revision.WritePath;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Down while nothing can be written; reading and evaluating go on from memory all the same. */
@Component
record WritingHealthIndicator(WritePath writePath) implements HealthIndicator {

    @Override
    public Health health() {
        return writePath
                .obstacle()
                .map(obstacle -> Health.down().withDetail("obstacle", obstacle).build())
                .orElseGet(() -> Health.up().build());
    }
}
