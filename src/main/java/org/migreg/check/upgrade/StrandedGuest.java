package org.migreg.check.upgrade;

import java.util.List;
import java.util.stream.Collectors;
import org.migreg.check.fleet.FleetHost;
import org.migreg.evaluation.Evaluation;

/**
 * A guest that cannot be moved on.
 *
 * @param path the hosts it has been on, that on which it was started first
 * @param destination the one it shall go to
 * @param evaluation why not, from the values that the guest carries by now
 */
public record StrandedGuest(List<FleetHost> path, FleetHost destination, Evaluation evaluation) {

    public StrandedGuest {
        path = List.copyOf(path);
        if (path.isEmpty()) {
            throw new IllegalArgumentException("a guest was started on some host");
        }
    }

    /** {@code started on A, moved to B: cannot go to C}. */
    @Override
    public String toString() {
        String moved = path.stream().skip(1).map(FleetHost::label).collect(Collectors.joining(", then "));
        return "started on " + path.getFirst() + (moved.isEmpty() ? "" : ", moved to " + moved) + ": cannot go to "
                + destination;
    }
}
