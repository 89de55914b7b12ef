package org.migreg.dashboard.matrix;

import static org.migreg.contract.InvalidFieldException.reading;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.CaptureId;
import org.migreg.contract.InvalidFieldException;
import org.migreg.dashboard.PageAddress;
import org.migreg.evaluation.LoadBehaviour;
import org.migreg.qemu.Accelerator;
import org.migreg.question.fleet.HostKind;
import org.migreg.question.matrix.MatrixRequest;

/**
 * What a page's address says about the matrix; what is null takes the usual.
 *
 * @param machineType the guests' machine type
 * @param vcpuFeatureSet only captures of this vCPU feature set
 * @param loadBehaviour one of the API's names, or TOLERANCES_TABLE for a build that carries the registry's table
 * @param source {@code plain} for sources whose QEMU lacks the properties
 * @param revision of the tables; the newest where null
 * @param kernels words that choose kernels
 * @param collapse whether kernels that are alike share a row
 * @param zoom small, medium or large
 */
public record MatrixQuery(
        @Nullable String machineType,
        @Nullable String cpuModel,
        @Nullable String accelerator,
        @Nullable String vcpuFeatureSet,
        @Nullable String loadBehaviour,
        @Nullable String source,
        @Nullable Long revision,
        @Nullable String kernels,
        @Nullable Boolean collapse,
        @Nullable String zoom) {

    private static final String TOLERANCES_TABLE = "TOLERANCES_TABLE";

    static final String PLAIN = "plain";

    /** The page of a cell. */
    static final String CELL = "/matrix/cell";

    /** So many digits of a capture's id stand in addresses: nearly always unique, and looked up by their beginning. */
    static final int DIGITS = 12;

    public MatrixQuery {
        machineType = blankToNull(machineType);
        cpuModel = blankToNull(cpuModel);
        accelerator = blankToNull(accelerator);
        vcpuFeatureSet = blankToNull(vcpuFeatureSet);
        loadBehaviour = blankToNull(loadBehaviour);
        source = blankToNull(source);
        kernels = blankToNull(kernels);
        zoom = blankToNull(zoom);
        if (kernels != null && kernels.length() > 1000) {
            throw new InvalidFieldException("kernels", kernels, "a filter has at most 1,000 characters");
        }
        if (zoom != null && !zoom.matches("small|medium|large")) {
            throw new InvalidFieldException("zoom", zoom, "zoom is small, medium or large");
        }
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    LoadBehaviour behaviour() {
        return TOLERANCES_TABLE.equals(loadBehaviour)
                ? FROM_THE_TABLE.behaviour()
                : loadBehaviour == null
                        ? LoadBehaviour.Spec.USUAL.behaviour()
                        : reading("loadBehaviour", loadBehaviour, () -> LoadBehaviour.parse(loadBehaviour));
    }

    /**
     * What a destination's QEMU can be.
     *
     * @param name the form's name for it
     * @param words for people
     */
    public record DestinationQemu(String name, String words, LoadBehaviour behaviour) {

        private static DestinationQemu of(LoadBehaviour.Spec spec) {
            return new DestinationQemu(spec.name(), spec.label(), spec.behaviour());
        }
    }

    private static final DestinationQemu FROM_THE_TABLE = new DestinationQemu(
            TOLERANCES_TABLE, "11.1 with these tables as tolerances", new LoadBehaviour.Tolerances(true));

    /** What the form offers. */
    static final List<DestinationQemu> DESTINATION_QEMUS = Stream.concat(
                    LoadBehaviour.Spec.usualFirst().stream().map(DestinationQemu::of), Stream.of(FROM_THE_TABLE))
            .toList();

    /** What the form has chosen; null for what only the API has a name for. */
    public @Nullable DestinationQemu destinationQemu() {
        return DESTINATION_QEMUS.stream()
                .filter(qemu -> qemu.name().equals(behaviourName()))
                .findFirst()
                .orElse(null);
    }

    /** The name that the form has for the behaviour. */
    public String behaviourName() {
        return Objects.requireNonNullElse(loadBehaviour, LoadBehaviour.Spec.USUAL.name());
    }

    boolean sourceXMigProperties() {
        return !PLAIN.equals(source);
    }

    /** This question about the hosts of one group. */
    MatrixRequest toRequest(String machineTypeOrUsual, HostKind group) {
        return new MatrixRequest(
                machineTypeOrUsual,
                group.cpuModel(),
                group.accelerator(),
                group.vcpuFeatureSet(),
                behaviour(),
                sourceXMigProperties(),
                revision);
    }

    /** Whether the group is one of those asked for. */
    boolean takes(HostKind group) {
        return (cpuModel == null || cpuModel.equals(group.cpuModel()))
                && (vcpuFeatureSet == null || vcpuFeatureSet.equals(group.vcpuFeatureSet()))
                && (accelerator == null || acceleratorOrNull() == group.accelerator());
    }

    @Nullable
    Accelerator acceleratorOrNull() {
        String given = accelerator;
        return given == null ? null : reading("accelerator", given, () -> Accelerator.parse(given));
    }

    /** The address of another page about the same matrix, encoded. */
    String address(String path) {
        return address(path, Map.of());
    }

    /** The same with more parameters. */
    String address(String path, Map<String, ?> more) {
        Map<String, Object> all = parameters();
        all.putAll(more);
        return PageAddress.of(path, all);
    }

    /** The same of the tables of another revision; null for the newest. */
    MatrixQuery ofRevision(@Nullable Long other) {
        return with(vcpuFeatureSet, other, collapse);
    }

    /** The same with a row for each kernel. */
    MatrixQuery uncollapsed() {
        return with(vcpuFeatureSet, revision, false);
    }

    /** The same of the usual vCPU features of such hosts. */
    MatrixQuery ofUsualVcpuFeatures() {
        return with(null, revision, collapse);
    }

    private MatrixQuery with(
            @Nullable String otherVcpuFeatureSet, @Nullable Long otherRevision, @Nullable Boolean otherCollapse) {
        return new MatrixQuery(
                machineType,
                cpuModel,
                accelerator,
                otherVcpuFeatureSet,
                loadBehaviour,
                source,
                otherRevision,
                kernels,
                otherCollapse,
                zoom);
    }

    /** What a verdict of this matrix depends on besides the two hosts. */
    Map<String, Object> circumstances(String machineTypeOrUsual) {
        Map<String, Object> given = new LinkedHashMap<>();
        given.put("machineType", machineTypeOrUsual);
        put(given, "loadBehaviour", loadBehaviour);
        put(given, "source", source);
        put(given, "revision", revision);
        return given;
    }

    /** The page of a move between the hosts of two captures. */
    String cellAddress(String machineTypeOrUsual, CaptureId from, CaptureId to) {
        Map<String, Object> given = circumstances(machineTypeOrUsual);
        given.put("from", from.start(DIGITS));
        given.put("to", to.start(DIGITS));
        return PageAddress.of(CELL, given);
    }

    private Map<String, Object> parameters() {
        Map<String, Object> given = new LinkedHashMap<>();
        put(given, "machineType", machineType);
        put(given, "cpuModel", cpuModel);
        put(given, "accelerator", accelerator);
        put(given, "vcpuFeatureSet", vcpuFeatureSet);
        put(given, "loadBehaviour", loadBehaviour);
        put(given, "source", source);
        put(given, "revision", revision);
        put(given, "kernels", kernels);
        put(given, "collapse", collapse);
        put(given, "zoom", zoom);
        return given;
    }

    private static void put(Map<String, Object> given, String name, @Nullable Object value) {
        if (value != null) {
            given.put(name, value);
        }
    }
}
