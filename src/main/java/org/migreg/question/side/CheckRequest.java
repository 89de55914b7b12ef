package org.migreg.question.side;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.evaluation.LoadBehaviour;
import org.migreg.qemu.CpuOptions;

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

    /**
     * A destination host, what its QEMU does, and what else is said of it.
     *
     * @param usualCpu what its QEMU gives guests as CPU, of those of which nothing says what they have: a guest keeps the
     *     CPU that it has on the source; null where not known
     */
    public record Destination(
            SideRequest side,
            LoadBehaviour behaviour,
            SideSaid said,
            @Nullable CpuOptions usualCpu) {

        /** One of which nothing is known of the CPU that its guests have. */
        public Destination(SideRequest side, LoadBehaviour behaviour, SideSaid said) {
            this(side, behaviour, said, null);
        }

        /** One of which nothing else is said. */
        public Destination(SideRequest side, LoadBehaviour behaviour) {
            this(side, behaviour, SideSaid.NOTHING);
        }
    }
}
