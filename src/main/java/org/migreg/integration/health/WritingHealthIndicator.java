package org.migreg.integration.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.migreg.revision.WritePath;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Down while nothing can be written; reading and evaluating go on from memory all the same. {@code migreg_writing} is 1
 * or 0 by the same.
 */
@Component
record WritingHealthIndicator(WritePath writePath) implements HealthIndicator, MeterBinder {

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("migreg.writing", writePath, path -> path.obstacle().isEmpty() ? 1 : 0)
                .description("Whether anything can be written: 1 or 0")
                .register(registry);
    }

    @Override
    public Health health() {
        return writePath
                .obstacle()
                .map(obstacle -> Health.down().withDetail("obstacle", obstacle).build())
                .orElseGet(() -> Health.up().build());
    }
}
