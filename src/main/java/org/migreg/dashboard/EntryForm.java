package org.migreg.dashboard;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.FieldError;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.entry.EntryBody;
import org.migreg.contract.json.DomainModule;
import org.migreg.policy.EntryContent;
import org.migreg.policy.ValueCondition;
import org.migreg.register.RegisterNames;
import org.migreg.register.RegisterValue;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An entry as a form has it: what was typed, right or wrong.
 *
 * @param texts what stands in the entry's fields, references one a line; a field where nothing stands is not among them
 * @param reason why it is changed; what the revision will say
 * @param version the revision that last changed the entry when the form was opened; null for a new one
 */
public record EntryForm(
        Map<String, String> texts, String reason, @Nullable Long version) {

    /** The names of the fields, in the order of the form. */
    public static final List<String> FIELDS = List.of(
            "property", "register", "stream", "range", "conditionMask", "conditionExpected", "rationale", "references");

    public EntryForm {
        Map<String, String> given = new LinkedHashMap<>();
        for (String field : FIELDS) {
            String text = texts.getOrDefault(field, "").strip();
            if (!text.isEmpty()) {
                given.put(field, text);
            }
        }
        texts = Collections.unmodifiableMap(given);
    }

    /** What a form sent, or an address gives to begin with. */
    public static EntryForm of(HttpServletRequest request) {
        Map<String, String> texts = new HashMap<>();
        FIELDS.forEach(field -> texts.put(field, sent(request, field)));
        return new EntryForm(texts, sent(request, "reason"), version(request));
    }

    /** What the entry says, as a new one; the reason is still to be given. */
    public static EntryForm of(EntryContent entry) {
        Map<String, String> texts = new HashMap<>();
        texts.put("property", entry.property().toString());
        texts.put(
                "register",
                RegisterNames.lookUp(entry.register()) == null
                        ? entry.register().toString()
                        : entry.register().name());
        texts.put("stream", entry.kernels().kernelStream().toString());
        texts.put("range", entry.kernels().constraints());
        ValueCondition condition = entry.condition();
        if (condition != null) {
            texts.put("conditionMask", new RegisterValue(condition.mask()).toString());
            texts.put("conditionExpected", new RegisterValue(condition.expected()).toString());
        }
        texts.put("rationale", entry.rationale());
        texts.put("references", String.join("\n", entry.references()));
        return new EntryForm(texts, "", null);
    }

    /** The address of the form of a new entry, filled in. */
    public static String addressOfNew(EntryContent entry) {
        return PageAddress.of(
                "/tables/" + entry.machineType() + "/entries/new", of(entry).texts());
    }

    /** Whether a form sent, or an address gives, any of the entry's fields. */
    public static boolean isIn(HttpServletRequest request) {
        return FIELDS.stream().anyMatch(field -> request.getParameter(field) != null);
    }

    public EntryForm withVersion(long other) {
        return new EntryForm(texts, reason, other);
    }

    /** What stands in the field; empty for nothing. */
    public String text(String field) {
        return texts.getOrDefault(field, "");
    }

    /** The entry, or what is wrong with each field of it; one of the two. */
    public record Reading(@Nullable EntryContent entry, Map<String, String> errors) {
        public Reading {
            errors = new LinkedHashMap<>(errors);
        }
    }

    public Reading read(String machineType) {
        try {
            return new Reading(DomainModule.read(toJson(), EntryBody.class).toDomain(machineType), Map.of());
        } catch (InvalidFieldException refused) {
            Map<String, String> errors = new LinkedHashMap<>();
            refused.errors().forEach(error -> errors.putIfAbsent(fieldOf(error.field()), sentence(error)));
            return new Reading(null, errors);
        }
    }

    /** The entry as a program would send it. */
    private ObjectNode toJson() {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        entry.put("property", texts.get("property"));
        entry.put("register", texts.get("register"));
        entry.putObject("kernels").put("stream", texts.get("stream")).put("range", texts.get("range"));
        if (texts.containsKey("conditionMask") || texts.containsKey("conditionExpected")) {
            entry.putObject("condition")
                    .put("mask", texts.get("conditionMask"))
                    .put("expected", texts.get("conditionExpected"));
        }
        entry.put("rationale", texts.get("rationale"));
        ArrayNode references = entry.putArray("references");
        text("references")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .forEach(references::add);
        return entry;
    }

    private static String fieldOf(String apiField) {
        return switch (apiField) {
            case "kernels", "kernels.stream" -> "stream";
            case "kernels.range" -> "range";
            case "condition", "condition.mask" -> "conditionMask";
            case "condition.expected" -> "conditionExpected";
            case "property", "register", "rationale" -> apiField;
            default -> "references";
        };
    }

    /** Of what is missing, what to give: the field's name stands above it. */
    private static String sentence(FieldError refused) {
        String message = refused.detail();
        int give = message.indexOf(": give ");
        if (refused.rejectedValue() == null && give > 0) {
            return "Give " + message.substring(give + ": give ".length()) + ".";
        }
        return message.substring(0, 1).toUpperCase(Locale.ROOT) + message.substring(1) + ".";
    }

    private static String sent(HttpServletRequest request, String name) {
        String[] values = request.getParameterValues(name);
        return values == null
                ? ""
                : Arrays.stream(values).collect(Collectors.joining("\n")).replace("\r\n", "\n");
    }

    private static @Nullable Long version(HttpServletRequest request) {
        String text = sent(request, "version").strip();
        if (text.isEmpty()) {
            return null;
        }
        return InvalidFieldException.reading("version", text, () -> Long.valueOf(text));
    }
}
