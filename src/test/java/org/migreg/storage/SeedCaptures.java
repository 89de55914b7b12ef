package org.migreg.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.Capture;
import org.migreg.evaluation.RecordedOutcomes;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.qemu.Accelerator;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterValue;
import org.migreg.register.WritableMasks;
import tools.jackson.databind.JsonNode;

/** The captured lists of real kernels that the project carries. */
public final class SeedCaptures {

    private static final Path DIRECTORY = Path.of("db/seed/captures");

    private SeedCaptures() {}

    /** All of them. */
    public static List<Capture> all() {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            List<Capture> captures = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .sorted()
                    .map(name -> read(name.substring(0, name.length() - ".json".length())))
                    .toList();
            if (captures.isEmpty()) {
                throw new IllegalStateException("no captures in " + DIRECTORY.toAbsolutePath());
            }
            return captures;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** One of them: {@code 6.18.15+deb13-arm64__neoverse-v1__qemu-host}. */
    public static Capture read(String name) {
        JsonNode json = RecordedOutcomes.capture(name);
        List<String> features = new ArrayList<>();
        json.path("vcpuFeatures").forEach(feature -> features.add(feature.asString()));
        String kernelPackage = text(json, "package");
        String midr = text(json, "midr");
        return new Capture(
                RecordedOutcomes.registers(json.get("registers")),
                KernelRelease.parse(json.get("kernelRelease").asString(), kernelPackage),
                kernelPackage,
                text(json, "cpuModel"),
                midr == null ? null : RegisterValue.parse(midr).bits(),
                Accelerator.parse(json.get("accelerator").asString()),
                null,
                null,
                text(json, "vcpuFeatureSet"),
                features,
                masks(json),
                null,
                json.get("source").asString(),
                null);
    }

    /** What the file itself has, unlike {@link RecordedOutcomes#masks}. */
    private static @Nullable WritableMasks masks(JsonNode json) {
        if (!json.has("writableMasks")) {
            return null;
        }
        Map<RegisterId, Long> masks = new TreeMap<>();
        for (JsonNode pair : json.get("writableMasks")) {
            masks.put(
                    RegisterId.parse(pair.get(0).asString()),
                    RegisterValue.parse(pair.get(1).asString()).bits());
        }
        return new WritableMasks(masks);
    }

    private static @Nullable String text(JsonNode json, String member) {
        return json.has(member) ? json.get(member).asString() : null;
    }
}
