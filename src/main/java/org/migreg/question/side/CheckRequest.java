package org.migreg.question.side;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.evaluation.LoadBehaviour;

/**
 * A question to the pre-migration check: may a guest of this machine type go from one host to each
 * of these others?
 *
 * @param sourceXMigProperties whether the source's QEMU carries the properties
 * @param sourceSaid what is said of the source beside its list
 * @param revision the revision of the tables to evaluate against; null for the newest
 */
public record CheckRequest(
        String machineType,
        SideRequest source,
        boolean sourceXMigProperties,
        SideSaid sourceSaid,
        List<Destination> destinations,
        @Nullable Long revision) {

    public CheckRequest {
        destinations = List.copyOf(destinations);
    }

    /** A request that says nothing of the source but its list. */
    public CheckRequest(
            String machineType,
            SideRequest source,
            boolean sourceXMigProperties,
            List<Destination> destinations,
            @Nullable Long revision) {
        this(machineType, source, sourceXMigProperties, SideSaid.NOTHING, destinations, revision);
    }

    /** A destination host, what its QEMU does, and what else is said of it. */
    public record Destination(SideRequest side, LoadBehaviour behaviour, SideSaid said) {

        /** One of which nothing else is said. */
        public Destination(SideRequest side, LoadBehaviour behaviour) {
            this(side, behaviour, SideSaid.NOTHING);
        }
    }
}
