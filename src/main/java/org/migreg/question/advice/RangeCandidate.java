package org.migreg.question.advice;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.migreg.hostkernel.KernelRange;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.hostkernel.KernelStream;
import org.migreg.hostkernel.RangeMatch;
import org.migreg.hostkernel.UpstreamNumbering;

/**
 * A kernel range that an entry may have, and which of the hosts it surely takes in.
 *
 * <p>Ranges are of the stream {@code upstream} for kernels that follow its numbering, else of the
 * kernel's own stream, with at most one lower and one upper bound, or take in every host. A bound is the first series (or,
 * within a series, the first release) that was <em>seen</em> on its side: where the change happened
 * between two captured kernels, captures cannot tell.
 *
 * @param hosts positions of the hosts taken in
 * @param bounds 0 to 2
 */
record RangeCandidate(KernelRange range, BitSet hosts, int bounds) {

    private static final Comparator<RangeCandidate> SIMPLEST_FIRST = Comparator.comparingInt(RangeCandidate::bounds)
            .thenComparing(candidate -> candidate.range().equals(KernelRange.any()))
            .thenComparing(candidate -> candidate.range().toString());

    /**
     * The ranges that tell apart what has to be told apart.
     *
     * @param kernels the kernel of each host, or null where not known
     * @param marks what is different about each host: bounds stand only between neighbours in the order
     *     of kernels that differ in it
     * @return of the ranges that take in the same hosts, the simplest
     */
    static List<RangeCandidate> of(List<@Nullable KernelRelease> kernels, List<String> marks) {
        Map<BitSet, RangeCandidate> byHosts = new LinkedHashMap<>();
        List<KernelRange> ranges = new ArrayList<>();
        Map<KernelStream, TreeMap<KernelRelease, List<String>>> streams = new TreeMap<>();
        boolean anyUnknown = false;
        for (int i = 0; i < kernels.size(); i++) {
            KernelRelease kernel = kernels.get(i);
            if (kernel == null) {
                anyUnknown = true;
            } else {
                streams.computeIfAbsent(
                                streamOf(kernel),
                                stream -> new TreeMap<>(
                                        stream.equals(KernelStream.UPSTREAM)
                                                ? KernelRelease.LISTING_ORDER
                                                : within(stream)))
                        .computeIfAbsent(kernel, key -> new ArrayList<>())
                        .add(marks.get(i));
            }
        }
        // Of a host without a kernel it is unknown whether it lies in a narrower range.
        ranges.add(KernelRange.any());
        if (!anyUnknown) {
            streams.forEach((stream, points) -> ranges.addAll(rangesOf(stream, points)));
        }
        for (KernelRange range : ranges) {
            BitSet hosts = new BitSet();
            boolean decided = true;
            for (int i = 0; i < kernels.size(); i++) {
                switch (range.match(kernels.get(i))) {
                    case RangeMatch.Matches m -> hosts.set(i);
                    case RangeMatch.DoesNotMatch m -> {}
                    case RangeMatch.Undecided m -> decided = false;
                }
            }
            if (decided && !hosts.isEmpty()) {
                RangeCandidate candidate = new RangeCandidate(range, hosts, boundsIn(range));
                byHosts.merge(hosts, candidate, (a, b) -> SIMPLEST_FIRST.compare(a, b) <= 0 ? a : b);
            }
        }
        return List.copyOf(byHosts.values());
    }

    /** The stream in whose ranges a kernel is sought: one for all that follow upstream's numbering. */
    static KernelStream streamOf(KernelRelease kernel) {
        return kernel.kernelStream().upstreamNumbering() == UpstreamNumbering.FOLLOWED
                ? KernelStream.UPSTREAM
                : kernel.kernelStream();
    }

    private static Comparator<KernelRelease> within(KernelStream stream) {
        return stream.equals(KernelStream.OTHER)
                ? KernelRelease.LISTING_ORDER
                : ((Comparator<KernelRelease>) KernelRelease::compareWithin).thenComparing(KernelRelease.LISTING_ORDER);
    }

    private static List<KernelRange> rangesOf(KernelStream stream, TreeMap<KernelRelease, List<String>> points) {
        List<KernelRange> ranges = new ArrayList<>();
        ranges.add(KernelRange.parse(stream, "*"));
        if (stream.equals(KernelStream.OTHER)) {
            return ranges;
        }
        List<String> bounds = new ArrayList<>();
        Map.Entry<KernelRelease, List<String>> before = null;
        for (Map.Entry<KernelRelease, List<String>> point : points.entrySet()) {
            if (before != null && !sorted(before.getValue()).equals(sorted(point.getValue()))) {
                bounds.add(boundBetween(stream, before.getKey(), point.getKey()));
            }
            before = point;
        }
        for (int lower = -1; lower < bounds.size(); lower++) {
            for (int upper = lower + 1; upper <= bounds.size(); upper++) {
                String from = lower < 0 ? "" : ">=" + bounds.get(lower);
                String to = upper == bounds.size() ? "" : "<" + bounds.get(upper);
                String constraints = from.isEmpty() || to.isEmpty() ? from + to : from + "|" + to;
                KernelRange range = constraints.isEmpty() ? null : readable(stream, constraints);
                if (range != null) {
                    ranges.add(range);
                }
            }
        }
        return ranges;
    }

    private static List<String> sorted(List<String> marks) {
        return marks.stream().sorted().distinct().toList();
    }

    private static String boundBetween(KernelStream stream, KernelRelease before, KernelRelease after) {
        if (!stream.equals(KernelStream.UPSTREAM)) {
            return after.text();
        }
        if (before.base().series().equals(after.base().series())) {
            return after.base().toString();
        }
        String series = after.base().series();
        // A release candidate, or what may be one, stands below the series' number.
        return KernelRange.parse(stream, ">=" + series).match(after) instanceof RangeMatch.Matches
                ? series
                : series + "-rc0";
    }

    /** Null where two kernels of one series cannot be told apart by what is known of them. */
    private static @Nullable KernelRange readable(KernelStream stream, String constraints) {
        try {
            return KernelRange.parse(stream, constraints);
        } catch (IllegalArgumentException indistinguishable) {
            return null;
        }
    }

    private static int boundsIn(KernelRange range) {
        return range.constraints().equals("*") ? 0 : range.constraints().split("\\|", -1).length;
    }
}
