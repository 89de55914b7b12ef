package org.migreg.dashboard.tables;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.ConditionBody;
import org.migreg.contract.EntryBody;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.KernelsBody;
import org.migreg.policy.EntryContent;
import org.migreg.policy.ValueCondition;
import org.migreg.register.RegisterNames;
import org.migreg.register.RegisterValue;

/**
 * An entry as a form has it: what was typed, right or wrong.
 *
 * @param references one a line
 * @param reason why it is changed; what the revision will say
 * @param version the revision that last changed the entry when the form was opened; null for a new one
 */
public record EntryForm(
        String property,
        String register,
        String stream,
        String range,
        String conditionMask,
        String conditionExpected,
        String rationale,
        String references,
        String reason,
        @Nullable Long version) {

    /** The names of the fields, in the order of the form. */
    public static final List<String> FIELDS = List.of(
            "property", "register", "stream", "range", "conditionMask", "conditionExpected", "rationale", "references");

    /** What a form sent, or an address gives to begin with. */
    static EntryForm of(HttpServletRequest request) {
        return new EntryForm(
                text(request, "property").strip(),
                text(request, "register").strip(),
                text(request, "stream").strip(),
                text(request, "range").strip(),
                text(request, "conditionMask").strip(),
                text(request, "conditionExpected").strip(),
                text(request, "rationale"),
                text(request, "references"),
                text(request, "reason"),
                version(request));
    }

    /** What the entry says; the reason is still to be given. */
    static EntryForm of(EntryContent entry, long version) {
        ValueCondition condition = entry.condition();
        return new EntryForm(
                entry.property().toString(),
                RegisterNames.lookUp(entry.register()) == null
                        ? entry.register().toString()
                        : entry.register().name(),
                entry.kernels().kernelStream().toString(),
                entry.kernels().constraints(),
                condition == null ? "" : new RegisterValue(condition.mask()).toString(),
                condition == null ? "" : new RegisterValue(condition.expected()).toString(),
                entry.rationale(),
                String.join("\n", entry.references()),
                "",
                version);
    }

    /** Whether a form sent, or an address gives, any of the entry's fields. */
    static boolean isIn(HttpServletRequest request) {
        return FIELDS.stream().anyMatch(field -> request.getParameter(field) != null);
    }

    EntryForm withVersion(long other) {
        return new EntryForm(
                property,
                register,
                stream,
                range,
                conditionMask,
                conditionExpected,
                rationale,
                references,
                reason,
                other);
    }

    boolean isBlank() {
        return (property + register + stream + range + conditionMask + conditionExpected + rationale + references)
                .isBlank();
    }

    /** Whether nothing was typed into the field. */
    boolean lacks(String field) {
        return switch (field) {
            case "property" -> property.isEmpty();
            case "register" -> register.isEmpty();
            case "stream" -> stream.isEmpty();
            case "range" -> range.isEmpty();
            case "conditionMask" -> conditionMask.isEmpty();
            case "conditionExpected" -> conditionExpected.isEmpty();
            case "rationale" -> rationale.isBlank();
            default -> references.isBlank();
        };
    }

    /** The entry, or what is wrong with each field of it; one of the two. */
    record Reading(@Nullable EntryContent entry, Map<String, String> errors) {
        Reading {
            errors = new LinkedHashMap<>(errors);
        }
    }

    Reading read(String machineType) {
        Map<String, String> errors = new LinkedHashMap<>();
        EntryBody body = toBody();
        while (true) {
            try {
                EntryContent entry = body.toDomain(machineType);
                return new Reading(errors.isEmpty() ? entry : null, errors);
            } catch (InvalidFieldException refused) {
                String field = fieldOf(refused.field());
                if (errors.putIfAbsent(field, sentence(refused)) != null) {
                    return new Reading(null, errors);
                }
                // What is right in the other fields is found with something right in this one.
                body = mended(body, field);
            }
        }
    }

    private EntryBody toBody() {
        boolean hasCondition = !conditionMask.isEmpty() || !conditionExpected.isEmpty();
        return new EntryBody(
                nullIfEmpty(property),
                nullIfEmpty(register),
                new KernelsBody(nullIfEmpty(stream), nullIfEmpty(range)),
                hasCondition ? new ConditionBody(nullIfEmpty(conditionMask), nullIfEmpty(conditionExpected)) : null,
                rationale.isBlank() ? null : rationale.strip(),
                references
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList());
    }

    private static EntryBody mended(EntryBody body, String field) {
        boolean ofKernels = field.equals("stream") || field.equals("range");
        return new EntryBody(
                field.equals("property")
                        ? (body.condition() == null ? "x-mig-hidden-regs" : "x-mig-safe-missing-regs")
                        : body.property(),
                field.equals("register") ? "TCR2_EL1" : body.register(),
                ofKernels ? new KernelsBody("any", "*") : body.kernels(),
                field.startsWith("condition") ? null : body.condition(),
                field.equals("rationale") ? "why" : body.rationale(),
                field.equals("references") ? List.of() : body.references());
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
    private static String sentence(InvalidFieldException refused) {
        String message = String.valueOf(refused.getMessage());
        int give = message.indexOf(": give ");
        if (refused.rejectedValue() == null && give > 0) {
            return "Give " + message.substring(give + ": give ".length()) + ".";
        }
        return message.substring(0, 1).toUpperCase(Locale.ROOT) + message.substring(1) + ".";
    }

    private static @Nullable String nullIfEmpty(String text) {
        return text.isEmpty() ? null : text;
    }

    private static String text(HttpServletRequest request, String name) {
        String[] values = request.getParameterValues(name);
        return values == null
                ? ""
                : Arrays.stream(values).collect(Collectors.joining("\n")).replace("\r\n", "\n");
    }

    private static @Nullable Long version(HttpServletRequest request) {
        String text = text(request, "version").strip();
        if (text.isEmpty()) {
            return null;
        }
        return InvalidFieldException.reading("version", text, () -> Long.valueOf(text));
    }
}
