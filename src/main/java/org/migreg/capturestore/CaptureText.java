package org.migreg.capturestore;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.Capture;
import org.migreg.capture.CaptureId;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterValue;
import org.migreg.register.WritableMasks;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Captures as JSON on one line, members always in the same order. */
final class CaptureText {

    private static final JsonMapper JSON = JsonMapper.shared();

    private CaptureText() {}

    /** What a reader of the history wants to see; the registers, which the id stands for, are but counted. */
    static String of(CaptureId id, Capture capture) {
        ObjectNode object = JSON.createObjectNode();
        object.put("id", id.text());
        object.put("kernel", text(capture.kernel()));
        object.put("package", capture.kernelPackage());
        object.put("cpuModel", capture.cpuModel());
        object.put("midr", capture.midr() == null ? null : hex(capture.midr()));
        object.put("accelerator", capture.accelerator().toString());
        object.put("qemu", text(capture.qemu()));
        object.put("machineType", capture.machineType());
        object.put("vcpuFeatureSet", capture.vcpuFeatureSet());
        ArrayNode features = object.putArray("vcpuFeatures");
        capture.vcpuFeatures().forEach(features::add);
        object.put("hardwareNv", capture.hardwareNv());
        object.put("source", capture.origin());
        object.put("registers", capture.registers().size());
        object.put("values", capture.registers().valueCount());
        WritableMasks masks = capture.masks();
        object.set("masks", masks == null ? JSON.getNodeFactory().nullNode() : object(masks));
        return JSON.writeValueAsString(object);
    }

    static String ofMasks(WritableMasks masks) {
        return JSON.writeValueAsString(object(masks));
    }

    static WritableMasks masks(String json) {
        Map<RegisterId, Long> masks = new TreeMap<>();
        for (Map.Entry<String, JsonNode> member : JSON.readTree(json).properties()) {
            masks.put(
                    RegisterId.parse(member.getKey()),
                    RegisterValue.parse(member.getValue().asString()).bits());
        }
        return new WritableMasks(masks);
    }

    private static ObjectNode object(WritableMasks masks) {
        ObjectNode object = JSON.createObjectNode();
        masks.masks().forEach((register, mask) -> object.put(register.toString(), hex(mask)));
        return object;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static String hex(long value) {
        return new RegisterValue(value).toString();
    }
}
