package org.migreg.dashboard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.migreg.history.Change;
import org.migreg.history.Change.Action;
import org.migreg.policy.EntryField;
import org.migreg.policy.MachineTypeField;
import org.migreg.policy.change.TableDifference;
import org.migreg.register.RegisterId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A thing that changed, field by field.
 *
 * @param title what people call it
 * @param path where its page is; null where it has none by now
 * @param action added, changed or removed
 * @param fields those of both sides, in their order
 */
public record ChangedThing(String title, @Nullable String path, Action action, List<Field> fields) {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** One field; null on the side where the thing was not there. */
    public record Field(
            String name, @Nullable String before, @Nullable String after) {
        public boolean differs() {
            return !Objects.equals(before, after);
        }
    }

    /** Of a thing that changed, the fields that did; of others all that say something. */
    public List<Field> telling() {
        return fields.stream()
                .filter(field -> action == Action.CHANGED
                        ? field.differs()
                        : !Objects.requireNonNullElse(action == Action.ADDED ? field.after() : field.before(), "")
                                .isEmpty())
                .toList();
    }

    /** The change that the log has. */
    public static ChangedThing of(Change change) {
        Map<String, String> before = fields(change.before());
        Map<String, String> after = fields(change.after());
        Set<String> names = new LinkedHashSet<>(before.keySet());
        names.addAll(after.keySet());
        List<Field> fields = new ArrayList<>();
        for (String name : names) {
            fields.add(new Field(
                    name,
                    change.before() == null ? null : before.getOrDefault(name, ""),
                    change.after() == null ? null : after.getOrDefault(name, "")));
        }
        return new ChangedThing(
                title(change, change.after() == null ? before : after), path(change, after), change.action(), fields);
    }

    /** Where two tables differ, machine types first. */
    public static List<ChangedThing> of(TableDifference difference) {
        return Stream.<TableDifference.Change>concat(difference.machineTypes().stream(), difference.entries().stream())
                .map(ChangedThing::of)
                .toList();
    }

    /** A part of a table, or of a draft, where an entry that is new has no number yet. */
    public static ChangedThing of(TableDifference.Change change) {
        return switch (change) {
            case TableDifference.MachineTypeChange(var name, var before, var after) ->
                of(
                        change,
                        "Machine type " + name,
                        texts(MachineTypeField.values(), MachineTypeField::text, before),
                        texts(MachineTypeField.values(), MachineTypeField::text, after));
            case TableDifference.EntryChange entry ->
                of(
                        change,
                        (entry.before() == null ? "Entry of " : "Entry " + entry.id() + " of ") + entry.machineType()
                                + ": " + entry.content().property() + ", "
                                + entry.content().register().name(),
                        texts(EntryField.values(), EntryField::text, entry.before()),
                        texts(EntryField.values(), EntryField::text, entry.after()));
        };
    }

    private static ChangedThing of(
            TableDifference.Change change, String title, Map<String, String> before, Map<String, String> after) {
        Set<String> names = new LinkedHashSet<>(before.keySet());
        names.addAll(after.keySet());
        return new ChangedThing(
                title,
                change.action() == Action.REMOVED ? null : "/tables/" + change.machineType(),
                change.action(),
                names.stream()
                        .map(name -> new Field(name, before.get(name), after.get(name)))
                        .toList());
    }

    private static <F, T> Map<String, String> texts(F[] fields, BiFunction<F, T, String> text, @Nullable T thing) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (thing != null) {
            for (F field : fields) {
                String name = field.toString();
                texts.put(name, shown(name, text.apply(field, thing)));
            }
        }
        return texts;
    }

    private static String title(Change change, Map<String, String> fields) {
        return switch (change.subject()) {
            case MACHINE_TYPE -> "Machine type " + change.key();
            case ENTRY ->
                "Entry " + change.key() + " of " + fields.getOrDefault("machineType", "") + ": "
                        + fields.getOrDefault("property", "") + ", " + fields.getOrDefault("register", "");
            case CAPTURE ->
                "Register list of " + fields.getOrDefault("kernel", "no kernel") + ", "
                        + fields.getOrDefault("cpuModel", "unknown CPU");
            case HOST -> "Host " + change.key();
            case EXPECTATION -> "Expectation " + change.key() + " of " + fields.getOrDefault("machineType", "");
        };
    }

    private static @Nullable String path(Change change, Map<String, String> after) {
        if (change.after() == null) {
            return null;
        }
        return switch (change.subject()) {
            case MACHINE_TYPE -> "/tables/" + change.key();
            case ENTRY -> "/tables/" + after.get("machineType") + "#entry-" + change.key();
            case CAPTURE -> "/captures/" + change.key();
            case HOST -> "/hosts/" + change.key();
            case EXPECTATION -> "/expectations/" + change.key();
        };
    }

    private static Map<String, String> fields(@Nullable String json) {
        Map<String, String> fields = new LinkedHashMap<>();
        if (json != null) {
            for (Map.Entry<String, JsonNode> member : JSON.readTree(json).properties()) {
                fields.put(member.getKey(), text(member.getKey(), member.getValue()));
            }
        }
        return fields;
    }

    private static String text(String name, JsonNode value) {
        if (value.isNull()) {
            return "";
        }
        if (value.isArray()) {
            StringJoiner lines = new StringJoiner("\n");
            for (JsonNode one : value) {
                lines.add(text(name, one));
            }
            return lines.toString();
        }
        if (value.isObject()) {
            if (name.equals("kernels")) {
                return value.path("stream").asString("") + "/"
                        + value.path("range").asString("");
            }
            StringJoiner parts = new StringJoiner(", ");
            value.properties().forEach(part -> parts.add(part.getKey() + " " + text(part.getKey(), part.getValue())));
            return parts.toString();
        }
        return shown(name, value.asString(""));
    }

    /** Registers are known to people by their names. */
    private static String shown(String field, String text) {
        if (!field.equals("register")) {
            return text;
        }
        try {
            return RegisterId.parse(text).name() + " (" + text + ")";
        } catch (IllegalArgumentException other) {
            return text;
        }
    }
}
