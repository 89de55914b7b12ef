package org.migreg.contract.json;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.json.Mistakes.Place;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterList;
import org.migreg.register.RegisterValue;
import org.migreg.register.WritableMasks;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;

/**
 * Reads registers: {@code "0x…"}, {@code ["0x…", "0x…"]}, or {@code {"id": …, "value": …}}, with or without the
 * {@code name} that answers have.
 */
final class RegistersReader {

    private static final String FORMS =
            "write an id (\"0x603000000013c103\"), an object ({\"id\": \"0x603000000013c103\", \"value\": \"0x0\"}) or a pair"
                    + " ([\"0x603000000013c103\", \"0x0\"])";

    private final DeserializationContext context;
    private final Mistakes mistakes;

    RegistersReader(DeserializationContext context, Mistakes mistakes) {
        this.context = context;
        this.mistakes = mistakes;
    }

    private record Given(RegisterId id, @Nullable JsonNode value) {}

    @Nullable
    RegisterList registers(JsonParser parser, Place at) {
        int before = mistakes.count();
        RegisterList.Builder builder = RegisterList.builder();
        int count = each(parser, at, 4 * RegisterList.LARGEST, (place, given) -> {
            // What normalisation drops may be wider than 64 bits: its value is not read.
            JsonNode text = RegisterList.Builder.drops(given.id()) ? null : given.value();
            RegisterValue value = text == null ? null : value(place, text);
            mistakes.reading(
                    place,
                    given.id(),
                    () -> value == null ? builder.add(given.id()) : builder.add(given.id(), value.bits()));
        });
        if (mistakes.count() > before) {
            return null;
        }
        RegisterList list = mistakes.reading(at, count + " registers", builder::build);
        if (list != null && list.isEmpty()) {
            mistakes.add(
                    at,
                    count + " registers",
                    count == 0
                            ? "the register list is empty, as no host's is: give the registers that the QEMU there lists"
                            : "none of these registers stands in QEMU's list, where CORE and SVE registers are not: give the"
                                    + " registers that the QEMU there lists");
            return null;
        }
        return list;
    }

    @Nullable
    WritableMasks masks(JsonParser parser, Place at) {
        int before = mistakes.count();
        Map<RegisterId, Long> masks = new TreeMap<>();
        int count = each(parser, at, 4 * RegisterList.LARGEST, (place, given) -> {
            if (given.value() == null) {
                mistakes.add(place, given.id(), "a writable mask needs its value: write [\"0x…\", \"0x…\"]");
                return;
            }
            RegisterValue mask = value(place, given.value());
            if (mask != null) {
                masks.put(given.id(), mask.bits());
            }
        });
        return mistakes.count() > before
                ? null
                : mistakes.reading(at, count + " masks", () -> new WritableMasks(masks));
    }

    /** How many there were; after too many no further one is taken. */
    private int each(JsonParser parser, Place at, int most, BiConsumer<Place, Given> taker) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            mistakes.add(at, null, "'" + at + "' has the wrong JSON type: an array belongs there");
            parser.skipChildren();
            return 0;
        }
        int count = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (count < most) {
                Place place = at.item(count);
                Given given = given(place, context.readTree(parser));
                if (given != null) {
                    taker.accept(place, given);
                }
            } else {
                parser.skipChildren();
            }
            count++;
        }
        if (count > most) {
            mistakes.add(
                    at,
                    count + " registers",
                    "a register list has at most " + RegisterList.LARGEST + " registers (real hosts list 150 to 420)");
        }
        return count;
    }

    private @Nullable Given given(Place at, JsonNode node) {
        if (node.isNull()) {
            mistakes.add(at, null, "a register is missing here: " + FORMS);
            return null;
        }
        if (node.isString()) {
            return given(at, node.asString(), null);
        }
        if (node.isArray() && node.size() == 2 && node.get(0).isString()) {
            return given(at, node.get(0).asString(), node.get(1));
        }
        JsonNode id = node.isObject() ? node.get("id") : null;
        if (id == null || !id.isString()) {
            mistakes.add(at, node, "this is no register: " + FORMS);
            return null;
        }
        for (String name : node.propertyNames()) {
            if (!name.equals("id") && !name.equals("name") && !name.equals("value")) {
                mistakes.add(at.field(name), node.get(name), "a register has no '" + name + "': " + FORMS);
                return null;
            }
        }
        Given given = given(at, id.asString(), node.get("value"));
        JsonNode name = node.get("name");
        if (given != null && name != null && !name.isNull()) {
            if (!name.isString()) {
                mistakes.add(at.field("name"), name, "a register's name is a text: leave it out, or correct it");
                return null;
            }
            RegisterId named =
                    mistakes.reading(at.field("name"), name.asString(), () -> RegisterId.parseLenient(name.asString()));
            if (named != null && !named.equals(given.id())) {
                mistakes.add(
                        at.field("name"),
                        name.asString(),
                        "this is the name of " + named + ", and not of " + given.id()
                                + ": leave it out, or correct it");
                return null;
            }
        }
        return given;
    }

    private @Nullable Given given(Place at, String id, @Nullable JsonNode value) {
        RegisterId read = mistakes.reading(at, id, () -> RegisterId.parseLenient(id));
        return read == null ? null : new Given(read, value == null || value.isNull() ? null : value);
    }

    private @Nullable RegisterValue value(Place at, JsonNode node) {
        Place place = at.field("value");
        if (!node.isString()) {
            mistakes.add(place, node, "a value is a string, such as \"0x10001\": JSON numbers lose bits above 53");
            return null;
        }
        return mistakes.reading(place, node.asString(), () -> RegisterValue.parse(node.asString()));
    }
}
