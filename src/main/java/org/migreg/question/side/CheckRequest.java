package org.migreg.question.side;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.evaluation.LoadBehaviour;

/**
 * A question to the pre-migration check: may a guest of this machine type go from one host to each
 * of these others?
 *
 * @param sourceXMigProperties whether the source's QEMU carries the properties
 * @param revision the revision of the tables to evaluate against; null for the newest
 */
public record CheckRequest(
        String machineType,
        SideRequest source,
        boolean sourceXMigProperties,
        List<Destination> destinations,
        @Nullable Long revision) {

    public CheckRequest {
        destinations = List.copyOf(destinations);
    }

    /** A destination host and what its QEMU does. */
    public record Destination(SideRequest side, LoadBehaviour behaviour) {}
}
