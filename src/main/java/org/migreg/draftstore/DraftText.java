package org.migreg.draftstore;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.hostkernel.KernelRange;
import org.migreg.policy.CompatProperty;
import org.migreg.policy.EntryContent;
import org.migreg.policy.EntryField;
import org.migreg.policy.ValueCondition;
import org.migreg.policy.change.TableEdit;
import org.migreg.qemu.MachineType;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterValue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An edit as JSON on one line, members always in the same order; read back, it is the same edit. */
final class DraftText {

    private static final JsonMapper JSON = JsonMapper.shared();

    private DraftText() {}

    static String of(TableEdit edit) {
        ObjectNode object = JSON.createObjectNode();
        write(edit, object);
        return JSON.writeValueAsString(object);
    }

    static TableEdit edit(String text) {
        return read(JSON.readTree(text));
    }

    private static void write(TableEdit edit, ObjectNode object) {
        switch (edit) {
            case TableEdit.PutMachineType(MachineType machineType) -> {
                object.put("op", "putMachineType");
                object.put("name", machineType.name());
                object.put("architecture", machineType.architecture());
                object.put("inheritsFrom", machineType.inheritsFrom());
                object.put("description", machineType.description());
            }
            case TableEdit.DeleteMachineType(String name) -> {
                object.put("op", "deleteMachineType");
                object.put("name", name);
            }
            case TableEdit.AddEntry(EntryContent entry) -> {
                object.put("op", "addEntry");
                write(entry, object);
            }
            case TableEdit.ReplaceEntry(long id, EntryContent entry) -> {
                object.put("op", "replaceEntry");
                object.put("id", id);
                write(entry, object);
            }
            case TableEdit.DeleteEntry(String machineType, long id) -> {
                object.put("op", "deleteEntry");
                object.put("id", id);
                object.put("machineType", machineType);
            }
        }
    }

    private static void write(EntryContent entry, ObjectNode object) {
        object.put("machineType", entry.machineType());
        for (EntryField field : EntryField.values()) {
            String name = field.toString();
            switch (field) {
                case CONDITION -> {
                    ValueCondition condition = entry.condition();
                    if (condition != null) {
                        object.putObject(name)
                                .put("mask", new RegisterValue(condition.mask()).toString())
                                .put("expected", new RegisterValue(condition.expected()).toString());
                    }
                }
                case REFERENCES -> {
                    ArrayNode references = object.putArray(name);
                    entry.references().forEach(references::add);
                }
                default -> object.put(name, field.text(entry));
            }
        }
    }

    private static TableEdit read(JsonNode node) {
        String op = text(node, "op");
        return switch (op) {
            case "putMachineType" ->
                new TableEdit.PutMachineType(new MachineType(
                        text(node, "name"),
                        text(node, "architecture"),
                        node.get("inheritsFrom").isNull() ? null : text(node, "inheritsFrom"),
                        text(node, "description")));
            case "deleteMachineType" -> new TableEdit.DeleteMachineType(text(node, "name"));
            case "addEntry" -> new TableEdit.AddEntry(entry(node));
            case "replaceEntry" -> new TableEdit.ReplaceEntry(node.get("id").asLong(), entry(node));
            case "deleteEntry" ->
                new TableEdit.DeleteEntry(
                        text(node, "machineType"), node.get("id").asLong());
            default -> throw new IllegalStateException("a draft has an edit '" + op + "', which is none");
        };
    }

    private static EntryContent entry(JsonNode node) {
        List<String> references = new ArrayList<>();
        for (JsonNode reference : node.get("references")) {
            references.add(reference.asString());
        }
        return new EntryContent(
                text(node, "machineType"),
                CompatProperty.parse(text(node, "property")),
                RegisterId.parse(text(node, "register")),
                KernelRange.parse(text(node, "kernels")),
                condition(node.get("condition")),
                text(node, "rationale"),
                references);
    }

    private static @Nullable ValueCondition condition(@Nullable JsonNode node) {
        return node == null
                ? null
                : new ValueCondition(
                        RegisterValue.parse(text(node, "mask")).bits(),
                        RegisterValue.parse(text(node, "expected")).bits());
    }

    private static String text(JsonNode node, String field) {
        return node.get(field).asString();
    }
}
