package org.migreg.question.diagnosis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.Capture;
import org.migreg.evaluation.LoadBehaviour;
import org.migreg.format.qemulog.LogEvent.LengthFailure;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.policy.CompatProperty;
import org.migreg.register.ListDifference;
import org.migreg.register.RegisterList;

/** Finds the captures whose lengths explain a length failure. */
final class LengthPairs {

    /** More than a person reads. */
    static final int MOST = 50;

    private record Side(Capture capture, RegisterList registers) {}

    private LengthPairs() {}

    static List<LengthExplanation> explaining(
            LengthFailure failure, List<LoadBehaviour> behaviours, Situation situation) {
        Integer incoming = failure.incoming();
        Integer bound = failure.bound();
        if (incoming == null || bound == null) {
            return List.of();
        }
        List<LengthExplanation> found = new ArrayList<>();
        for (LoadBehaviour behaviour : behaviours) {
            found.addAll(pairs(incoming, bound, behaviour, situation));
        }
        found.sort(LIKELIEST_FIRST);
        return found.subList(0, Math.min(MOST, found.size()));
    }

    /** A QEMU without the series sends and compares all; one that has it and fails alike may hide some. */
    private static List<LengthExplanation> pairs(
            int incoming, int bound, LoadBehaviour behaviour, Situation situation) {
        boolean hides = behaviour instanceof LoadBehaviour.XMigProperties;
        List<LengthExplanation> found = pairs(incoming, bound, behaviour, situation, hides);
        return found.isEmpty() && situation.machineType() != null
                ? pairs(incoming, bound, behaviour, situation, !hides)
                : found;
    }

    private static List<LengthExplanation> pairs(
            int incoming, int bound, LoadBehaviour behaviour, Situation situation, boolean hides) {
        List<Side> sources = new ArrayList<>();
        List<Side> destinations = new ArrayList<>();
        for (Capture capture : situation.captures()) {
            RegisterList visible =
                    hides ? capture.registers().without(situation.hiddenOn(capture.kernel())) : capture.registers();
            Side side = new Side(capture, visible);
            if (visible.size() == incoming && isOn(capture, situation.source())) {
                sources.add(side);
            }
            if (isOn(capture, situation.destination()) && accepts(side, behaviour, situation, bound)) {
                destinations.add(side);
            }
        }
        List<LengthExplanation> found = new ArrayList<>();
        for (Side destination : destinations) {
            pair(sources, destination, behaviour, found);
        }
        return found;
    }

    private static boolean accepts(Side destination, LoadBehaviour behaviour, Situation situation, int bound) {
        OptionalInt longest = behaviour.longestStream(
                destination.registers().size(),
                situation.policyOn(destination.capture().kernel()).decidedIds(CompatProperty.SAFE_MISSING_REGS).length);
        return longest.isPresent() && longest.getAsInt() == bound;
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
                ListDifference difference = ListDifference.between(source.registers(), destination.registers());
                found.add(new LengthExplanation(
                        source.capture(),
                        destination.capture(),
                        behaviour,
                        source.registers().size(),
                        destination.registers().size(),
                        difference.extraRegisters(),
                        difference.absentRegisters()));
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
