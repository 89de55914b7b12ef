package org.migreg.policystore;

import java.util.ArrayList;
import java.util.List;
import org.migreg.policy.PolicyEntry;
import org.migreg.policy.ValueCondition;
import org.migreg.qemu.MachineType;
import org.migreg.register.RegisterValue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Parts of tables as JSON on one line, members always in the same order. */
final class TableText {

    private static final JsonMapper JSON = JsonMapper.shared();

    private TableText() {}

    static String of(MachineType machineType) {
        ObjectNode object = JSON.createObjectNode();
        object.put("name", machineType.name());
        object.put("architecture", machineType.architecture());
        object.put("inheritsFrom", machineType.inheritsFrom());
        object.put("description", machineType.description());
        return JSON.writeValueAsString(object);
    }

    static String of(PolicyEntry entry) {
        ObjectNode object = JSON.createObjectNode();
        object.put("id", entry.id());
        object.put("machineType", entry.machineType());
        object.put("property", entry.property().toString());
        object.put("register", entry.register().toString());
        ObjectNode kernels = object.putObject("kernels");
        kernels.put("stream", entry.kernels().kernelStream().toString());
        kernels.put("range", entry.kernels().constraints());
        ValueCondition condition = entry.condition();
        if (condition == null) {
            object.putNull("condition");
        } else {
            ObjectNode conditionObject = object.putObject("condition");
            conditionObject.put("mask", new RegisterValue(condition.mask()).toString());
            conditionObject.put("expected", new RegisterValue(condition.expected()).toString());
        }
        object.put("rationale", entry.rationale());
        ArrayNode references = object.putArray("references");
        entry.references().forEach(references::add);
        return JSON.writeValueAsString(object);
    }

    static String ofReferences(List<String> references) {
        return JSON.writeValueAsString(references);
    }

    static List<String> references(String json) {
        List<String> references = new ArrayList<>();
        for (JsonNode reference : JSON.readTree(json)) {
            references.add(reference.asString());
        }
        return references;
    }
}
