package org.migreg.registry;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.migreg.capture.Capture;
import org.migreg.capture.CaptureIndex;
import org.migreg.capture.StoredCapture;
import org.migreg.capturestore.CaptureStore;
import org.migreg.evaluation.Basis;
import org.migreg.evaluation.Evaluation;
import org.migreg.evaluation.Finding;
import org.migreg.evaluation.Severity;
import org.migreg.evaluation.Verdict;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.policy.TableRevision;
import org.migreg.policystore.PolicyStore;
import org.migreg.question.fleet.HostKind;
import org.migreg.question.fleet.PairEvaluator;
import org.migreg.question.fleet.ScenarioSettings;
import org.migreg.question.matrix.MatrixRequest;
import org.migreg.question.side.ResolvedSide;
import org.migreg.question.side.SideResolver;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Every ordered pair of known kernels, for each CPU model, accelerator and vCPU feature set that was
 * captured on both. Kept until the tables or the captures change.
 */
@Component
public class KernelPairMatrix {

    /**
     * One ordered pair.
     *
     * @param deciding the findings that keep the guest from migrating; empty where it may
     */
    public record Cell(
            HostKind group,
            StoredCapture source,
            StoredCapture destination,
            Verdict verdict,
            Basis basis,
            String summary,
            List<Finding> deciding) {
        public Cell {
            deciding = List.copyOf(deciding);
        }
    }

    /** Cells of one matrix: a square of 500 kernels, some ten seconds. */
    private static final int MOST_CELLS = 250_000;

    /**
     * A whole matrix, groups and kernels in a fixed order.
     *
     * @param leftOut how many captures, the oldest kernels of their groups, have no cells, since there are too many
     */
    public record Matrix(String machineType, long policyRevision, long captureRevision, List<Cell> cells, int leftOut) {
        public Matrix {
            cells = List.copyOf(cells);
        }
    }

    private record Key(MatrixRequest request, long policyRevision, long captureRevision) {}

    private final PolicyStore policies;
    private final CaptureStore captures;
    private final PairEvaluators evaluators;
    private final int mostCells;
    private final AsyncCache<Key, Matrix> known = Caffeine.newBuilder()
            .maximumWeight(200_000)
            .weigher((Key key, Matrix matrix) -> matrix.cells().size() + 1)
            .buildAsync();

    @Autowired
    KernelPairMatrix(PolicyStore policies, CaptureStore captures, PairEvaluators evaluators) {
        this(policies, captures, evaluators, MOST_CELLS);
    }

    KernelPairMatrix(PolicyStore policies, CaptureStore captures, PairEvaluators evaluators, int mostCells) {
        this.policies = policies;
        this.captures = captures;
        this.evaluators = evaluators;
        this.mostCells = mostCells;
    }

    /**
     * @throws org.migreg.policy.NoSuchMachineTypeException when the machine type does not exist
     *     in that revision
     * @throws org.migreg.revision.NoSuchRevisionException when the revision does not exist
     */
    public Matrix of(MatrixRequest request) {
        TableRevision tables = policies.currentOr(request.revision());
        tables.table().require(request.machineType());
        CaptureIndex index = captures.current();
        return once(new Key(request, tables.number(), index.revision()), () -> evaluate(request, tables, index));
    }

    /** Whoever asks first evaluates, and who asks for the same meanwhile waits; who asks for another does not. */
    private Matrix once(Key key, Supplier<Matrix> evaluation) {
        CompletableFuture<Matrix> mine = new CompletableFuture<>();
        CompletableFuture<Matrix> first = known.asMap().putIfAbsent(key, mine);
        if (first != null) {
            return first.join();
        }
        try {
            mine.complete(evaluation.get());
        } finally {
            if (!mine.isDone()) {
                mine.completeExceptionally(new IllegalStateException("the matrix could not be evaluated"));
            }
        }
        return mine.join();
    }

    private Matrix evaluate(MatrixRequest request, TableRevision tables, CaptureIndex index) {
        Map<HostKind, List<StoredCapture>> groups = new LinkedHashMap<>();
        for (StoredCapture stored : index.all()) {
            Capture capture = stored.capture();
            if (capture.kernel() == null
                    || request.cpuModel() != null && !request.cpuModel().equals(capture.cpuModel())
                    || request.accelerator() != null && request.accelerator() != capture.accelerator()
                    || request.vcpuFeatureSet() != null
                            && !request.vcpuFeatureSet().equals(capture.vcpuFeatureSet())) {
                continue;
            }
            groups.computeIfAbsent(HostKind.of(capture), group -> new ArrayList<>())
                    .add(stored);
        }
        SideResolver resolver = new SideResolver(index);
        PairEvaluator evaluator = evaluators.of(tables.table());
        List<Cell> cells = new ArrayList<>();
        int leftOut = 0;
        for (HostKind group : groups.keySet().stream().sorted(GROUP_ORDER).toList()) {
            List<StoredCapture> members = Objects.requireNonNull(groups.get(group));
            List<StoredCapture> shown = newest(members, (int) Math.sqrt(mostCells - cells.size()));
            leftOut += members.size() - shown.size();
            addCells(cells, group, shown, resolver, request, evaluator);
        }
        return new Matrix(request.machineType(), tables.number(), index.revision(), cells, leftOut);
    }

    /** So many of them, in the order that they have. */
    private static List<StoredCapture> newest(List<StoredCapture> members, int most) {
        if (members.size() <= most) {
            return members;
        }
        Set<StoredCapture> newest = members.stream()
                .sorted(Comparator.comparing(
                                (StoredCapture stored) -> Objects.requireNonNull(
                                        stored.capture().kernel(), "a matrix has only captures with a kernel"),
                                KernelRelease.LISTING_ORDER)
                        .reversed())
                .limit(most)
                .collect(Collectors.toCollection(() -> Collections.newSetFromMap(new IdentityHashMap<>())));
        return members.stream().filter(newest::contains).toList();
    }

    private static void addCells(
            List<Cell> cells,
            HostKind group,
            List<StoredCapture> members,
            SideResolver resolver,
            MatrixRequest request,
            PairEvaluator evaluator) {
        List<ResolvedSide.Known> sides =
                members.stream().map(resolver::ofCapture).toList();
        ScenarioSettings settings = new ScenarioSettings(
                request.machineType(), request.behaviour(), request.sourceXMigProperties(), request.accelerator());
        // Rows know nothing of each other: 200 kernels are 40,000 evaluations, shared among the processors.
        IntStream.range(0, sides.size())
                .parallel()
                .mapToObj(s -> row(group, s, members, sides, settings, evaluator))
                .toList()
                .forEach(cells::addAll);
    }

    private static List<Cell> row(
            HostKind group,
            int source,
            List<StoredCapture> members,
            List<ResolvedSide.Known> sides,
            ScenarioSettings settings,
            PairEvaluator evaluator) {
        List<Cell> row = new ArrayList<>(sides.size());
        for (int d = 0; d < sides.size(); d++) {
            Evaluation evaluation = evaluator.evaluate(sides.get(source), sides.get(d), settings);
            row.add(new Cell(
                    group,
                    members.get(source),
                    members.get(d),
                    evaluation.verdict(),
                    evaluation.basis(),
                    evaluation.summary(),
                    deciding(evaluation)));
        }
        return row;
    }

    private static List<Finding> deciding(Evaluation evaluation) {
        return evaluation.verdict().mayMigrate()
                ? List.of()
                : evaluation.findings().stream()
                        .filter(finding -> finding.severity().compareTo(Severity.UNKNOWN) <= 0)
                        .toList();
    }

    private static final Comparator<HostKind> GROUP_ORDER = Comparator.comparing(
                    (HostKind group) -> Objects.requireNonNullElse(group.cpuModel(), ""))
            .thenComparing(HostKind::accelerator)
            .thenComparing(group -> Objects.requireNonNullElse(group.vcpuFeatureSet(), ""));
}
