package org.migreg.question.drift;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.migreg.capture.Capture;
import org.migreg.register.RegisterList;

/**
 * Where hosts of one kind do not list the same. The baseline of a kind is the list that most of its hosts have; of
 * lists with equally many hosts the one that was seen first. Captures whose kernel or CPU is not known have no kind
 * and are passed over; of lists taken from guests that ran, which have a machine type, values are not compared.
 */
public final class Drift {

    private static final Comparator<KnownCapture> OLDEST_FIRST =
            comparing(KnownCapture::addedAt).thenComparing(KnownCapture::id);

    private Drift() {}

    /** The captures of hosts that leave the baseline; captures that no host has take no part. */
    public static List<Deviation> ofHosts(Collection<KnownCapture> captures) {
        return deviations(captures.stream().filter(known -> known.hosts() > 0).toList());
    }

    /** The captures that disagree with the baseline of their kernel, whether any host has them or not. */
    public static List<Deviation> ofKernels(Collection<KnownCapture> captures) {
        return deviations(captures);
    }

    private static List<Deviation> deviations(Collection<KnownCapture> captures) {
        SortedMap<HostKind, List<KnownCapture>> kinds = new TreeMap<>(HostKind.ORDER);
        for (KnownCapture known : captures) {
            HostKind.of(known.capture())
                    .ifPresent(kind -> kinds.computeIfAbsent(kind, first -> new ArrayList<>())
                            .add(known));
        }
        List<Deviation> found = new ArrayList<>();
        kinds.forEach((kind, ofKind) -> {
            if (ofKind.size() > 1) {
                found.addAll(deviations(kind, ofKind));
            }
        });
        return found;
    }

    private static List<Deviation> deviations(HostKind kind, List<KnownCapture> ofKind) {
        // Captures may differ in what does not make another list, such as how the package was written.
        Map<Object, List<KnownCapture>> byContent = new LinkedHashMap<>();
        ofKind.stream()
                .sorted(OLDEST_FIRST)
                .forEach(known -> byContent
                        .computeIfAbsent(content(kind, known.capture()), first -> new ArrayList<>())
                        .add(known));
        List<List<KnownCapture>> variants = byContent.values().stream()
                .sorted(comparingLong(Drift::hosts).reversed())
                .toList();
        List<KnownCapture> baseline = variants.getFirst();
        RegisterList expected = compared(kind, baseline.getFirst().capture());
        List<Deviation> found = new ArrayList<>();
        for (List<KnownCapture> variant : variants.subList(1, variants.size())) {
            CaptureDifference difference = CaptureDifference.between(
                    expected, compared(kind, variant.getFirst().capture()));
            if (difference.isEmpty()) {
                continue;
            }
            boolean tied = hosts(variants.get(1)) == hosts(baseline);
            for (KnownCapture known : variant) {
                found.add(new Deviation(
                        kind, baseline.getFirst().id(), hosts(baseline), tied, known.id(), known.hosts(), difference));
            }
        }
        return found;
    }

    private static Object content(HostKind kind, Capture capture) {
        return kind.isOfRunningGuests() ? capture.registers().withoutValues() : capture.listDigest();
    }

    private static RegisterList compared(HostKind kind, Capture capture) {
        return kind.isOfRunningGuests() ? capture.registers().withoutValues() : capture.registers();
    }

    private static long hosts(List<KnownCapture> variant) {
        return variant.stream().mapToLong(KnownCapture::hosts).sum();
    }
}
