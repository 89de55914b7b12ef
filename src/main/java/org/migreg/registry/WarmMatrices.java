package org.migreg.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.migreg.capturestore.CaptureStore;
import org.migreg.evaluation.LoadBehaviour;
import org.migreg.policy.NoSuchMachineTypeException;
import org.migreg.policy.PolicyTable;
import org.migreg.policystore.PolicyStore;
import org.migreg.qemu.MachineType;
import org.migreg.question.matrix.HostGroups;
import org.migreg.question.matrix.MatrixRequest;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Evaluates anew, after each write, the matrices that people look at, so that they need not wait for it: the usual one,
 * and those of the newest tables that were asked for lately.
 */
@Component
public class WarmMatrices {

    private final KernelPairMatrix matrix;
    private final PolicyStore policies;
    private final CaptureStore captures;

    private final Cache<MatrixRequest, Boolean> lately = Caffeine.newBuilder()
            .maximumSize(8)
            .expireAfterAccess(Duration.ofHours(1))
            .build();

    /** What matrices were evaluated from. */
    private record Basis(long tables, long captures) {}

    private volatile @Nullable Basis warm;

    WarmMatrices(KernelPairMatrix matrix, PolicyStore policies, CaptureStore captures) {
        this.matrix = matrix;
        this.policies = policies;
        this.captures = captures;
    }

    /** The matrix, and from now on anew after each write, unless it is one of past tables. */
    public KernelPairMatrix.Matrix of(MatrixRequest request) {
        if (request.revision() == null) {
            lately.put(request, true);
        }
        return matrix.of(request);
    }

    /** The newest machine type, the one that inherits from no other; none where there is none at all. */
    public static Optional<String> usualMachineType(PolicyTable table) {
        return table.machineTypes().stream()
                .filter(machineType -> machineType.inheritsFrom() == null)
                .findFirst()
                .map(MachineType::name);
    }

    /** Does nothing while nothing was written. */
    @Scheduled(initialDelay = 0, fixedDelayString = "${migreg.dashboard.refresh-interval}")
    void keepWarm() {
        Basis now = new Basis(policies.current().number(), captures.current().revision());
        if (now.equals(warm)) {
            return;
        }
        Set<MatrixRequest> requests = new LinkedHashSet<>(lately.asMap().keySet());
        usual().ifPresent(requests::add);
        for (MatrixRequest request : requests) {
            try {
                matrix.of(request);
            } catch (NoSuchMachineTypeException gone) {
                lately.invalidate(request);
            }
        }
        warm = now;
    }

    private Optional<MatrixRequest> usual() {
        return usualMachineType(policies.current().table())
                .flatMap(machineType -> HostGroups.of(captures.current())
                        .usual(group -> true)
                        .map(group -> new MatrixRequest(
                                machineType,
                                group.cpuModel(),
                                group.accelerator(),
                                group.vcpuFeatureSet(),
                                LoadBehaviour.Spec.USUAL.behaviour(),
                                true,
                                null)));
    }
}
