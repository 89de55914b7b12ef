package org.migreg.question.drift;

import org.migreg.capture.CaptureId;

/**
 * A capture that leaves the baseline of its kind.
 *
 * @param baseline the oldest of the captures with the baseline's list
 * @param baselineHosts how many hosts have the baseline's list
 * @param tied whether another list has as many hosts as the baseline's, so that either could be the right one
 * @param capture the one that leaves it
 * @param hosts how many hosts have this capture
 * @param difference in what; never empty
 */
public record Deviation(
        HostKind kind,
        CaptureId baseline,
        long baselineHosts,
        boolean tied,
        CaptureId capture,
        long hosts,
        CaptureDifference difference) {

    public Deviation {
        if (difference.isEmpty()) {
            throw new IllegalArgumentException(capture + " does not leave the baseline " + baseline);
        }
    }
}
