package org.migreg.question.upgrade;

import java.util.List;
import java.util.stream.Collectors;
import org.migreg.evaluation.Evaluation;
import org.migreg.question.fleet.CapturedHost;

/**
 * A guest that cannot be moved on.
 *
 * @param path the hosts it has been on, that on which it was started first
 * @param destination the one it shall go to
 * @param evaluation why not, from the values that the guest carries by now
 */
public record StrandedGuest(List<CapturedHost> path, CapturedHost destination, Evaluation evaluation) {

    public StrandedGuest {
        path = List.copyOf(path);
        if (path.isEmpty()) {
            throw new IllegalArgumentException("a guest was started on some host");
        }
    }

    /** {@code started on A, moved to B: cannot go to C}. */
    @Override
    public String toString() {
        String moved = path.stream().skip(1).map(CapturedHost::label).collect(Collectors.joining(", then "));
        return "started on " + path.getFirst() + (moved.isEmpty() ? "" : ", moved to " + moved) + ": cannot go to "
                + destination;
    }
}
