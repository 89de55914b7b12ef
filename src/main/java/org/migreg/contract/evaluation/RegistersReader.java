package org.migreg.contract.evaluation;

import static org.migreg.contract.InvalidFieldException.reading;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.InvalidFieldException;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterList;
import org.migreg.register.RegisterValue;
import org.migreg.register.WritableMasks;
import tools.jackson.databind.JsonNode;

/** Reads registers as requests give them: {@code "0x…"}, {@code {"id": …, "value": …}} or {@code ["0x…", "0x…"]}. */
final class RegistersReader {

    private static final String FORMS =
            "write an id (\"0x603000000013c103\"), an object ({\"id\": \"0x603000000013c103\", \"value\": \"0x0\"}) or a pair"
                    + " ([\"0x603000000013c103\", \"0x0\"])";

    private RegistersReader() {}

    private record Given(String id, @Nullable JsonNode value) {}

    static RegisterList registers(String field, List<JsonNode> nodes) {
        if (nodes.size() > 4 * RegisterList.LARGEST) {
            throw new InvalidFieldException(
                    field,
                    nodes.size() + " registers",
                    "a register list has at most " + RegisterList.LARGEST + " registers (real hosts list 150 to 420)");
        }
        RegisterList.Builder builder = RegisterList.builder();
        for (int i = 0; i < nodes.size(); i++) {
            String at = field + "[" + i + "]";
            Given given = given(at, nodes.get(i));
            RegisterId id = reading(at, given.id(), () -> RegisterId.parseLenient(given.id()));
            // What normalisation drops may be wider than 64 bits: its value is not read.
            if (given.value() == null || given.value().isNull() || RegisterList.Builder.drops(id)) {
                reading(at, given.id(), () -> builder.add(id));
            } else {
                long value = value(at, given.value());
                reading(at, given.id(), () -> builder.add(id, value));
            }
        }
        RegisterList list = reading(field, nodes.size() + " registers", builder::build);
        if (list.isEmpty()) {
            throw new InvalidFieldException(
                    field,
                    nodes.size() + " registers",
                    nodes.isEmpty()
                            ? "the register list is empty, as no host's is: give the registers that the QEMU there lists"
                            : "none of these registers stands in QEMU's list, where CORE and SVE registers are not: give the"
                                    + " registers that the QEMU there lists");
        }
        return list;
    }

    static WritableMasks masks(String field, List<JsonNode> nodes) {
        Map<RegisterId, Long> masks = new TreeMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            String at = field + "[" + i + "]";
            Given given = given(at, nodes.get(i));
            if (given.value() == null) {
                throw new InvalidFieldException(
                        at, nodes.get(i), "a writable mask needs its value: write [\"0x…\", \"0x…\"]");
            }
            masks.put(reading(at, given.id(), () -> RegisterId.parseLenient(given.id())), value(at, given.value()));
        }
        return reading(field, nodes.size() + " masks", () -> new WritableMasks(masks));
    }

    private static Given given(String at, @Nullable JsonNode node) {
        if (node == null || node.isNull()) {
            throw new InvalidFieldException(at, null, "a register is missing here: " + FORMS);
        }
        if (node.isString()) {
            return new Given(node.asString(), null);
        }
        if (node.isArray() && node.size() == 2 && node.get(0).isString()) {
            return new Given(node.get(0).asString(), node.get(1));
        }
        JsonNode id = node.isObject() ? node.get("id") : null;
        if (id != null && id.isString()) {
            for (String name : node.propertyNames()) {
                if (!name.equals("id") && !name.equals("value")) {
                    throw new InvalidFieldException(
                            at + "." + name, node.get(name), "a register has no '" + name + "': " + FORMS);
                }
            }
            return new Given(id.asString(), node.get("value"));
        }
        throw new InvalidFieldException(at, node, "this is no register: " + FORMS);
    }

    private static long value(String at, JsonNode node) {
        if (!node.isString()) {
            throw new InvalidFieldException(
                    at + ".value", node, "a value is a string, such as \"0x10001\": JSON numbers lose bits above 53");
        }
        return reading(at + ".value", node.asString(), () -> RegisterValue.parse(node.asString()))
                .bits();
    }
}
