package org.migreg.question.upgrade;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.question.fleet.CapturedHost;

/**
 * Ways to the target of an upgrade other than the one asked about: over up to two known kernels that are between, fewer
 * stops first. Made one at a time, since n kernels between make n²/2 ways.
 */
final class OtherWays implements Iterable<List<KernelRelease>> {

    private final UpgradeRequest request;
    private final List<KernelRelease> between;

    OtherWays(UpgradeRequest request) {
        this.request = request;
        KernelRelease target = request.hops().getLast();
        KernelRelease oldest = Objects.requireNonNull(
                request.current().stream().min(KernelRelease.LISTING_ORDER).orElse(target));
        TreeSet<KernelRelease> found = new TreeSet<>(KernelRelease.LISTING_ORDER);
        for (CapturedHost host : request.known()) {
            KernelRelease kernel = host.kernel();
            if (kernel != null
                    && KernelRelease.LISTING_ORDER.compare(kernel, oldest) > 0
                    && KernelRelease.LISTING_ORDER.compare(kernel, target) < 0
                    && !request.current().contains(kernel)) {
                found.add(kernel);
            }
        }
        this.between = List.copyOf(found);
    }

    @Override
    public Iterator<List<KernelRelease>> iterator() {
        return all().iterator();
    }

    long count() {
        return all().count();
    }

    private Stream<List<KernelRelease>> all() {
        int n = between.size();
        Stream<List<KernelRelease>> one = between.stream().map(List::of);
        Stream<List<KernelRelease>> two = IntStream.range(0, n)
                .boxed()
                .flatMap(first -> IntStream.range(first + 1, n)
                        .mapToObj(second -> List.of(between.get(first), between.get(second))));
        return Stream.concat(Stream.concat(Stream.of(List.<KernelRelease>of()), one), two)
                .map(this::toTheTarget)
                .filter(way -> !way.equals(request.hops()));
    }

    private List<KernelRelease> toTheTarget(List<KernelRelease> stops) {
        List<KernelRelease> way = new ArrayList<>(stops);
        way.add(request.hops().getLast());
        return way;
    }
}
