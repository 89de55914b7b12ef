package org.migreg.dashboard.history;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.migreg.history.Change;
import org.migreg.policy.PolicyEntry;
import org.migreg.policy.change.TableDifference;
import org.migreg.qemu.MachineType;
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

    /** What became of it. */
    public enum Action {
        ADDED("added"),
        CHANGED("changed"),
        REMOVED("removed");

        private final String word;

        Action(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /** One field; null on the side where the thing was not there. */
    public record Field(
            String name, @Nullable String before, @Nullable String after) {
        public boolean differs() {
            return !Objects.equals(before, after);
        }
    }

    public ChangedThing {
        fields = List.copyOf(fields);
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
    static ChangedThing of(Change change) {
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
                title(change, change.after() == null ? before : after),
                path(change, after),
                change.before() == null ? Action.ADDED : change.after() == null ? Action.REMOVED : Action.CHANGED,
                fields);
    }

    /** Where two tables differ, machine types first. */
    public static List<ChangedThing> of(TableDifference difference) {
        List<ChangedThing> things = new ArrayList<>();
        difference.machineTypes().forEach(change -> things.add(of(change)));
        difference.entries().forEach(change -> things.add(of(change)));
        return things;
    }

    private static ChangedThing of(TableDifference.MachineTypeChange change) {
        return of(
                "Machine type " + change.name(),
                change.after() == null ? null : "/tables/" + change.name(),
                fields(change.before()),
                fields(change.after()));
    }

    /** An entry of a table, or of a draft, where one that is new has no number yet. */
    public static ChangedThing of(TableDifference.EntryChange change) {
        PolicyEntry entry = change.entry();
        return of(
                (change.before() == null ? "Entry of " : "Entry " + change.id() + " of ") + entry.machineType() + ": "
                        + entry.property() + ", " + entry.register().name(),
                change.after() == null ? null : "/tables/" + entry.machineType(),
                fields(change.before()),
                fields(change.after()));
    }

    private static ChangedThing of(
            String title, @Nullable String path, Map<String, String> before, Map<String, String> after) {
        Set<String> names = new LinkedHashSet<>(before.keySet());
        names.addAll(after.keySet());
        return new ChangedThing(
                title,
                path,
                before.isEmpty() ? Action.ADDED : after.isEmpty() ? Action.REMOVED : Action.CHANGED,
                names.stream()
                        .map(name -> new Field(name, before.get(name), after.get(name)))
                        .toList());
    }

    private static Map<String, String> fields(@Nullable MachineType machineType) {
        Map<String, String> fields = new LinkedHashMap<>();
        if (machineType != null) {
            fields.put("architecture", machineType.architecture());
            fields.put("inheritsFrom", Objects.requireNonNullElse(machineType.inheritsFrom(), ""));
            fields.put("description", machineType.description());
        }
        return fields;
    }

    private static Map<String, String> fields(@Nullable PolicyEntry entry) {
        Map<String, String> fields = new LinkedHashMap<>();
        if (entry != null) {
            fields.put("property", entry.property().toString());
            fields.put("register", entry.register().name() + " (" + entry.register() + ")");
            fields.put("kernels", entry.kernels().toString());
            fields.put("condition", Objects.toString(entry.condition(), ""));
            fields.put("rationale", entry.rationale());
            fields.put("references", String.join("\n", entry.references()));
        }
        return fields;
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
        String text = value.asString("");
        return name.equals("register") ? named(text) : text;
    }

    private static String named(String id) {
        try {
            return RegisterId.parse(id).name() + " (" + id + ")";
        } catch (IllegalArgumentException other) {
            return id;
        }
    }
}
