package org.migreg.policystore;

import java.util.ArrayList;
import java.util.List;
import org.migreg.policy.EntryField;
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
        for (EntryField field : EntryField.values()) {
            String name = field.toString();
            switch (field) {
                case KERNELS ->
                    object.putObject(name)
                            .put("stream", entry.kernels().kernelStream().toString())
                            .put("range", entry.kernels().constraints());
                case CONDITION -> {
                    ValueCondition condition = entry.condition();
                    if (condition == null) {
                        object.putNull(name);
                    } else {
                        object.putObject(name)
                                .put("mask", new RegisterValue(condition.mask()).toString())
                                .put("expected", new RegisterValue(condition.expected()).toString());
                    }
                }
                case REFERENCES -> {
                    ArrayNode references = object.putArray(name);
                    entry.references().forEach(references::add);
                }
                default -> object.put(name, field.text(entry.content()));
            }
        }
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
