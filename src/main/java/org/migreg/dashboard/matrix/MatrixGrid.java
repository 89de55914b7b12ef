package org.migreg.dashboard.matrix;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.migreg.capture.CaptureId;
import org.migreg.capture.StoredCapture;
import org.migreg.evaluation.Verdict;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.hostkernel.KernelStream;
import org.migreg.registry.KernelPairMatrix;

/**
 * The kernels of one CPU model, accelerator and feature set, each against each: rows are sources, columns
 * destinations, in the same order, by kernel stream and then by release.
 */
public final class MatrixGrid {

    /**
     * A kernel, or several whose rows and columns are the same.
     *
     * @param capture the first one's
     * @param label its release; with the start of the capture's id where several have one release
     * @param alike the labels of the others
     */
    public record Kernel(StoredCapture capture, String label, KernelStream kernelStream, List<String> alike) {
        public String id() {
            return capture.id().text();
        }

        /** As short as addresses need; nearly always unique, and looked up by its beginning. */
        public String shortId() {
            return capture.id().start(MatrixQuery.DIGITS);
        }

        public String title() {
            return alike.isEmpty() ? label : label + " and " + String.join(", ", alike);
        }
    }

    /** Neighbouring kernels of one stream. */
    public record Band(KernelStream kernelStream, int size) {}

    /** As people list them: el9 before el10. */
    private static final Comparator<KernelStream> BY_NAME_AND_NUMBER = Comparator.comparing(
                    (KernelStream kernelStream) -> kernelStream.id().replaceAll("[0-9]+$", ""))
            .thenComparingInt(kernelStream -> kernelStream.id().length())
            .thenComparing(KernelStream::id);

    private final List<Kernel> kernels;
    private final Map<CaptureId, Integer> positions = new HashMap<>();
    private final KernelPairMatrix.Cell[][] cells;

    private MatrixGrid(List<Kernel> kernels, List<KernelPairMatrix.Cell> all) {
        this.kernels = List.copyOf(kernels);
        this.cells = new KernelPairMatrix.Cell[kernels.size()][kernels.size()];
        for (int i = 0; i < kernels.size(); i++) {
            positions.put(kernels.get(i).capture().id(), i);
        }
        for (KernelPairMatrix.Cell cell : all) {
            Integer source = positions.get(cell.source().id());
            Integer destination = positions.get(cell.destination().id());
            if (source != null && destination != null) {
                cells[source][destination] = cell;
            }
        }
    }

    /**
     * @param cells of one group
     * @param wanted which kernels to show, by their label and stream
     */
    static MatrixGrid of(List<KernelPairMatrix.Cell> cells, KernelFilter wanted) {
        Map<CaptureId, Kernel> kernels = new LinkedHashMap<>();
        Map<String, Integer> releases = new HashMap<>();
        for (KernelPairMatrix.Cell cell : cells) {
            if (!kernels.containsKey(cell.source().id())) {
                KernelRelease release = release(cell.source());
                kernels.put(
                        cell.source().id(),
                        new Kernel(cell.source(), release.text(), release.kernelStream(), List.of()));
                releases.merge(release.text(), 1, Integer::sum);
            }
        }
        List<Kernel> shown = kernels.values().stream()
                .map(kernel -> Objects.requireNonNullElse(releases.get(kernel.label()), 1) == 1
                        ? kernel
                        : new Kernel(
                                kernel.capture(),
                                kernel.label() + " " + kernel.shortId().substring(0, 6),
                                kernel.kernelStream(),
                                List.of()))
                .filter(kernel -> wanted.takes(kernel.label(), kernel.kernelStream()))
                .sorted(Comparator.comparing(Kernel::kernelStream, BY_NAME_AND_NUMBER)
                        .thenComparing(kernel -> release(kernel.capture()), KernelRelease.LISTING_ORDER))
                .toList();
        return new MatrixGrid(shown, cells);
    }

    /** The same with one row and column for all kernels of a stream whose verdicts are the same both ways. */
    MatrixGrid collapsed() {
        Map<String, List<Kernel>> classes = new LinkedHashMap<>();
        for (int i = 0; i < kernels.size(); i++) {
            StringBuilder signature =
                    new StringBuilder(kernels.get(i).kernelStream().id()).append(' ');
            for (int k = 0; k < kernels.size(); k++) {
                signature.append(Sign.of(verdict(i, k)).style());
                signature.append(Sign.of(verdict(k, i)).style());
            }
            classes.computeIfAbsent(signature.toString(), key -> new ArrayList<>())
                    .add(kernels.get(i));
        }
        List<Kernel> rows = new ArrayList<>();
        for (List<Kernel> members : classes.values()) {
            Kernel first = members.getFirst();
            rows.add(new Kernel(
                    first.capture(),
                    first.label(),
                    first.kernelStream(),
                    members.stream().skip(1).map(Kernel::label).toList()));
        }
        List<KernelPairMatrix.Cell> all = new ArrayList<>();
        for (KernelPairMatrix.Cell[] row : cells) {
            all.addAll(List.of(row));
        }
        return new MatrixGrid(rows, all);
    }

    public List<Kernel> kernels() {
        return kernels;
    }

    public List<Band> bands() {
        List<Band> bands = new ArrayList<>();
        for (Kernel kernel : kernels) {
            if (!bands.isEmpty() && bands.getLast().kernelStream().equals(kernel.kernelStream())) {
                bands.add(new Band(kernel.kernelStream(), bands.removeLast().size() + 1));
            } else {
                bands.add(new Band(kernel.kernelStream(), 1));
            }
        }
        return bands;
    }

    public KernelPairMatrix.Cell cell(int source, int destination) {
        return cells[source][destination];
    }

    Verdict verdict(int source, int destination) {
        return cells[source][destination].verdict();
    }

    /** Whether the guest may not go this way, though it may go the other. */
    public boolean onlyTheWayBackWorks(int source, int destination) {
        return !verdict(source, destination).mayMigrate()
                && verdict(destination, source).mayMigrate();
    }

    /** How many moves between two different kernels have each verdict. */
    public Map<Sign, Integer> counts() {
        Map<Sign, Integer> counts = new EnumMap<>(Sign.class);
        for (Sign sign : Sign.values()) {
            counts.put(sign, 0);
        }
        for (int s = 0; s < kernels.size(); s++) {
            for (int d = 0; d < kernels.size(); d++) {
                if (s != d) {
                    counts.merge(Sign.of(verdict(s, d)), 1, Integer::sum);
                }
            }
        }
        return counts;
    }

    private static KernelRelease release(StoredCapture stored) {
        return Objects.requireNonNull(stored.capture().kernel(), "a matrix has only captures with a kernel");
    }
}
