package org.migreg.evaluation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterList;
import org.migreg.register.RegisterValue;
import org.migreg.register.WritableMasks;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the recorded outcomes of real QEMUs and kernels in {@code src/test/resources/outcomes}. */
public final class RecordedOutcomes {

    private static final JsonMapper JSON = JsonMapper.shared();

    private RecordedOutcomes() {}

    /** The rows of a compressed file of JSON lines. */
    public static List<JsonNode> rows(String name) {
        try (InputStream resource = RecordedOutcomes.class.getResourceAsStream("/outcomes/" + name + ".jsonl.gz");
                BufferedReader reader = new BufferedReader(
                        new InputStreamReader(new GZIPInputStream(resource), StandardCharsets.UTF_8))) {
            List<JsonNode> rows = new ArrayList<>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                rows.add(JSON.readTree(line));
            }
            return rows;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Register lists by name. */
    public static Map<String, RegisterList> lists(String name) {
        Map<String, RegisterList> lists = new HashMap<>();
        for (JsonNode row : rows(name)) {
            lists.put(row.get("list").asString(), registers(row.get("registers")));
        }
        return lists;
    }

    /** A captured host of the seed: {@code 6.18.15+deb13-arm64__neoverse-v1__qemu-host}. */
    public static JsonNode capture(String name) {
        String file = "/db/seed/captures/" + name + ".json";
        try (InputStream resource = RecordedOutcomes.class.getResourceAsStream(file)) {
            if (resource == null) {
                throw new IllegalStateException("no " + file);
            }
            return JSON.readTree(resource);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public static RegisterList registers(Iterable<JsonNode> pairs) {
        RegisterList.Builder builder = RegisterList.builder();
        for (JsonNode pair : pairs) {
            RegisterId id = RegisterId.parse(pair.get(0).asString());
            if (RegisterList.Builder.drops(id)) {
                builder.add(id);
            } else {
                builder.add(id, RegisterValue.parse(pair.get(1).asString()).bits());
            }
        }
        return builder.build();
    }

    /**
     * The writable masks of a capture's kernel, or null where it gives none. They are the same for every
     * CPU model and feature set of one kernel, and not every capture carries them.
     */
    public static WritableMasks masks(JsonNode capture) {
        String name = capture.get("kernelRelease").asString() + "__neoverse-v1__qemu-host";
        JsonNode given = capture(name).get("writableMasks");
        if (given == null) {
            return null;
        }
        Map<RegisterId, Long> masks = new TreeMap<>();
        for (JsonNode pair : given) {
            masks.put(
                    RegisterId.parse(pair.get(0).asString()),
                    RegisterValue.parse(pair.get(1).asString()).bits());
        }
        return new WritableMasks(masks);
    }

    /** ID_AA64MMFR2_EL1.NV of the hardware that was emulated: what TCG gives these CPU models. */
    public static long hardwareNv(String cpuModel) {
        return cpuModel.equals("neoverse-n1") ? 0 : 2;
    }
}
