package org.migreg.question.diagnosis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.Capture;
import org.migreg.evaluation.LoadBehaviour;
import org.migreg.format.qemulog.LogEvent.LengthFailure;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.policy.CompatProperty;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterList;

/** Finds the captures whose lengths explain a length failure. */
final class LengthPairs {

    /** More than a person reads. */
    static final int MOST = 50;

    /** What the x-mig series allows a stream to be longer than the list. Source: its MAX_CPREG_VMSTATE_ANOMALIES. */
    private static final int SERIES_MARGIN = 10;

    private record Side(Capture capture, RegisterList registers) {}

    private LengthPairs() {}

    static List<LengthExplanation> explaining(
            LengthFailure failure, List<LoadBehaviour> behaviours, Situation situation) {
        Integer incoming = failure.incoming();
        Integer bound = failure.bound();
        if (incoming == null || bound == null) {
            return List.of();
        }
        List<Side> sources = new ArrayList<>();
        List<Side> all = new ArrayList<>();
        for (Capture capture : situation.captures()) {
            RegisterList visible = capture.registers().without(situation.hiddenOn(capture.kernel()));
            Side side = new Side(capture, visible);
            all.add(side);
            if (visible.size() == incoming && isOn(capture, situation.source())) {
                sources.add(side);
            }
        }
        List<LengthExplanation> found = new ArrayList<>();
        for (LoadBehaviour behaviour : behaviours) {
            for (Side destination : all) {
                if (isOn(destination.capture(), situation.destination())
                        && boundOf(destination, behaviour, situation) == bound) {
                    pair(sources, destination, behaviour, found);
                }
            }
        }
        found.sort(LIKELIEST_FIRST);
        return found.subList(0, Math.min(MOST, found.size()));
    }

    private static int boundOf(Side destination, LoadBehaviour behaviour, Situation situation) {
        int local = destination.registers().size();
        return switch (behaviour) {
            case LoadBehaviour.LengthChecked b -> local;
            case LoadBehaviour.XMigProperties b ->
                local
                        + SERIES_MARGIN
                        + situation
                                .policyOn(destination.capture().kernel())
                                .decidedIds(CompatProperty.SAFE_MISSING_REGS)
                                .length;
            // These check no length.
            case LoadBehaviour.AllMismatches b -> -1;
            case LoadBehaviour.Tolerances b -> -1;
        };
    }

    private static void pair(
            List<Side> sources, Side destination, LoadBehaviour behaviour, List<LengthExplanation> found) {
        for (Side source : sources) {
            if (source.capture().accelerator() == destination.capture().accelerator()
                    && mayAgree(
                            source.capture().cpuModel(), destination.capture().cpuModel())
                    && mayAgree(
                            source.capture().vcpuFeatureSet(),
                            destination.capture().vcpuFeatureSet())) {
                found.add(new LengthExplanation(
                        source.capture(),
                        destination.capture(),
                        behaviour,
                        source.registers().size(),
                        destination.registers().size(),
                        missingFrom(destination.registers(), source.registers()),
                        missingFrom(source.registers(), destination.registers())));
            }
        }
    }

    /** Guests migrate between hosts of one CPU model with one set of features. */
    private static boolean mayAgree(@Nullable String a, @Nullable String b) {
        return a == null || b == null || a.equals(b);
    }

    private static boolean isOn(Capture capture, @Nullable KernelRelease host) {
        KernelRelease kernel = capture.kernel();
        return host == null || kernel == null || Objects.equals(kernel.text(), host.text());
    }

    private static List<RegisterId> missingFrom(RegisterList list, RegisterList other) {
        List<RegisterId> missing = new ArrayList<>();
        for (int i = 0; i < other.size(); i++) {
            if (list.indexOf(other.idAt(i)) < 0) {
                missing.add(other.registerAt(i));
            }
        }
        return missing;
    }

    /**
     * Fewer differences first: hosts of one fleet are alike. Then what {@code -cpu host} asks for; then by name, so that
     * the answer is always the same.
     */
    private static final Comparator<LengthExplanation> LIKELIEST_FIRST = Comparator.comparingInt(
                    (LengthExplanation pair) ->
                            pair.extra().size() + pair.absent().size())
            .thenComparing(pair -> !Capture.QEMU_HOST.equals(pair.source().vcpuFeatureSet()))
            .thenComparing(pair -> label(pair.source()))
            .thenComparing(pair -> label(pair.destination()))
            .thenComparing(pair -> pair.behaviour().apiName());

    static String label(Capture capture) {
        KernelRelease kernel = capture.kernel();
        return (kernel == null ? "unknown kernel" : kernel.text())
                + (capture.cpuModel() == null ? "" : " on " + capture.cpuModel())
                + (capture.vcpuFeatureSet() == null ? "" : " (" + capture.vcpuFeatureSet() + ")");
    }
}
