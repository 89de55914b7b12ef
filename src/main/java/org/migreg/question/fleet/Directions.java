package org.migreg.question.fleet;

import java.util.List;
import java.util.Locale;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.register.Text;

/** Which way guests move. */
public enum Directions {
    /** To kernels that are as new or newer. */
    FORWARD,
    /** To kernels that are as old or older. */
    BACKWARD,
    BOTH;

    /**
     * Reads {@code forward}, {@code backward} or {@code both}, in any case.
     *
     * @throws IllegalArgumentException naming the three
     */
    public static Directions parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "forward" -> FORWARD;
            case "backward" -> BACKWARD;
            case "both" -> BOTH;
            default ->
                throw new IllegalArgumentException(
                        "'" + Text.shortened(text) + "' is not a direction: write forward, backward or both");
        };
    }

    /** The moves of this direction among hosts of one kind; a host whose kernel is not known counts for both. */
    public List<HostPair> among(List<CapturedHost> hosts) {
        return HostPair.ofOneKind(hosts).stream().filter(this::includes).toList();
    }

    private boolean includes(HostPair pair) {
        KernelRelease from = pair.source().kernel();
        KernelRelease to = pair.destination().kernel();
        if (this == BOTH || from == null || to == null) {
            return true;
        }
        int order = KernelRelease.LISTING_ORDER.compare(from, to);
        return this == FORWARD ? order <= 0 : order >= 0;
    }
}
