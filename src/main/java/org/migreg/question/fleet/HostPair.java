package org.migreg.question.fleet;

import java.util.ArrayList;
import java.util.List;

/** A guest's move from one host to another: an ordered pair. */
public record HostPair(CapturedHost source, CapturedHost destination) {

    /** Every ordered pair of two hosts of one kind, in the order of the hosts. */
    public static List<HostPair> ofOneKind(List<CapturedHost> hosts) {
        List<HostPair> pairs = new ArrayList<>();
        for (CapturedHost source : hosts) {
            for (CapturedHost destination : hosts) {
                if (!source.label().equals(destination.label()) && source.kind().equals(destination.kind())) {
                    pairs.add(new HostPair(source, destination));
                }
            }
        }
        return pairs;
    }

    /** The way back. */
    public HostPair reversed() {
        return new HostPair(/* source= */ destination, /* destination= */ source);
    }

    @Override
    public String toString() {
        return source + " -> " + destination;
    }
}
