package org.migreg.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.migreg.api.RunningService;
import org.migreg.capturestore.CaptureStore;
import org.migreg.evaluation.LoadBehaviour;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.policystore.PolicyStore;
import org.migreg.question.matrix.MatrixRequest;

/** The matrix of the starting data. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KernelPairMatrixTests {

    private static final MatrixRequest N1 = new MatrixRequest(
            "virt-10.1", "neoverse-n1", null, "qemu-host", new LoadBehaviour.XMigProperties(), true, null);

    private RunningService service;

    @BeforeAll
    void start(@TempDir Path directory) {
        service = new RunningService(directory);
    }

    @AfterAll
    void stop() {
        service.close();
    }

    private static Set<KernelRelease> kernels(KernelPairMatrix.Matrix matrix) {
        return matrix.cells().stream()
                .map(cell -> Objects.requireNonNull(cell.source().capture().kernel()))
                .collect(Collectors.toCollection(() -> new TreeSet<>(KernelRelease.LISTING_ORDER)));
    }

    @Test
    void ofMoreKernelsThanAMatrixHasRoomForTheOldestAreLeftOutAndCounted() {
        KernelPairMatrix.Matrix whole = service.bean(KernelPairMatrix.class).of(N1);
        assertThat(whole.leftOut()).isZero();
        KernelPairMatrix small = new KernelPairMatrix(
                service.bean(PolicyStore.class),
                service.bean(CaptureStore.class),
                service.bean(PairEvaluators.class),
                9);
        KernelPairMatrix.Matrix cut = small.of(N1);
        assertThat(cut.cells()).hasSize(9);
        List<KernelRelease> all = List.copyOf(kernels(whole));
        assertThat(kernels(cut)).containsExactlyElementsOf(all.subList(all.size() - 3, all.size()));
        assertThat(cut.leftOut()).isEqualTo(all.size() - 3);
    }

    @Test
    void manyWhoAskForOneMatrixAtOnceGetTheOneThatIsEvaluated() {
        KernelPairMatrix matrix = new KernelPairMatrix(
                service.bean(PolicyStore.class),
                service.bean(CaptureStore.class),
                service.bean(PairEvaluators.class),
                10_000);
        List<KernelPairMatrix.Matrix> answers = IntStream.range(0, 8)
                .parallel()
                .mapToObj(asker -> matrix.of(N1))
                .toList();
        assertThat(answers).allSatisfy(answer -> assertThat(answer).isSameAs(answers.getFirst()));
    }
}
