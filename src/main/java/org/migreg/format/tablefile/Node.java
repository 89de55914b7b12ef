package org.migreg.format.tablefile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.migreg.policy.exchange.UnreadableTableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLParser;

/** A value of a file, with its place. */
sealed interface Node {

    Pattern YAML_PLACE = Pattern.compile(", line ([0-9]{1,9}), column ([0-9]{1,9})");

    Place place();

    /**
     * Where something stands.
     *
     * @param in what it is a part of; null for the whole file
     * @param name its name there; null for an element
     * @param index its number there
     */
    record Place(
            int line,
            int column,
            @Nullable Place in,
            @Nullable String name,
            int index) {

        /** As RFC 6901 has it. Made only where it is shown: of a long name it would be long for everything below. */
        String pointer() {
            StringBuilder pointer = new StringBuilder();
            for (Place each = this; each.in != null; each = each.in) {
                String step = each.name == null
                        ? String.valueOf(each.index)
                        : each.name.replace("~", "~0").replace("/", "~1");
                pointer.insert(0, "/" + step);
            }
            return pointer.toString();
        }

        UnreadableTableException.Problem problem(String message) {
            return new UnreadableTableException.Problem(line, column, pointer(), message);
        }
    }

    /**
     * @param names where each field's name stands
     */
    record Mapping(Place place, Map<String, Node> fields, Map<String, Place> names) implements Node {}

    record Sequence(Place place, List<Node> elements) implements Node {}

    record Text(Place place, String text) implements Node {}

    /** @param text as it is written */
    record WholeNumber(Place place, String text) implements Node {}

    /** Null, true, false and numbers with a point. */
    record OtherScalar(Place place, String text) implements Node {}

    /**
     * @throws UnreadableTableException if the text is not of the format, or has more than one document,
     *     a repeated name, or YAML's anchors, aliases and tags
     */
    static Node parse(String text, TableFileFormat format) {
        try (JsonParser parser = format.factory().createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() == null) {
                throw new UnreadableTableException(
                        1, 1, "the file is empty: it must have an object with formatVersion");
            }
            Node node = node(parser, place(parser, null, null, 0));
            if (parser.nextToken() != null) {
                throw refused(parser, null, null, "the file has a second document: leave one");
            }
            return node;
        } catch (JacksonException malformed) {
            String message = Objects.requireNonNullElse(malformed.getOriginalMessage(), "no reason given");
            TokenStreamLocation location = malformed.getLocation();
            int line = location == null ? 0 : Math.max(location.getLineNr(), 0);
            int column = location == null ? 0 : Math.max(location.getColumnNr(), 0);
            // YAML's location is where the last good token stands; its message ends with where the bad one does.
            Matcher place = YAML_PLACE.matcher(message);
            while (place.find()) {
                line = Integer.parseInt(place.group(1));
                column = Integer.parseInt(place.group(2));
            }
            throw new UnreadableTableException(
                    line, column, "the file is not well-formed " + format + ": " + reason(message));
        }
    }

    /** What the parser says, without where: YAML's says what it was at, and in a line of its own what it met. */
    private static String reason(String message) {
        String first = message.strip().lines().findFirst().orElse("");
        return message.lines()
                .map(String::strip)
                .filter(line -> line.equals(first) || line.startsWith("found ") || line.startsWith("expected "))
                .map(line -> line.replaceAll("\\(start marker at .*", "").strip())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static Node node(JsonParser parser, Place place) {
        refuseYamlReferences(parser, place);
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> mapping(parser, place);
            case START_ARRAY -> {
                List<Node> elements = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(node(parser, place(parser, place, null, elements.size())));
                }
                yield new Sequence(place, elements);
            }
            case VALUE_STRING -> new Text(place, parser.getString());
            case VALUE_NUMBER_INT -> new WholeNumber(place, parser.getString());
            default -> new OtherScalar(place, String.valueOf(parser.getString()));
        };
    }

    private static Node mapping(JsonParser parser, Place place) {
        Map<String, Node> fields = new LinkedHashMap<>();
        Map<String, Place> names = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            Place ofTheName = place(parser, place, name, 0);
            refuseYamlReferences(parser, ofTheName);
            Place earlier = names.put(name, ofTheName);
            if (earlier != null) {
                throw refused(
                        parser,
                        place,
                        name,
                        "the field stands here twice, first in line " + earlier.line() + ": leave one out");
            }
            parser.nextToken();
            fields.put(name, node(parser, place(parser, place, name, 0)));
        }
        return new Mapping(place, fields, names);
    }

    private static void refuseYamlReferences(JsonParser parser, Place place) {
        if (parser instanceof YAMLParser yaml
                && (yaml.isCurrentAlias() || yaml.getObjectId() != null || yaml.getTypeId() != null)) {
            throw new UnreadableTableException(List.of(place.problem(
                    "YAML's anchors (&), aliases (*) and tags (!) are not read: write the value itself")));
        }
    }

    private static UnreadableTableException refused(
            JsonParser parser, @Nullable Place in, @Nullable String name, String message) {
        return new UnreadableTableException(List.of(place(parser, in, name, 0).problem(message)));
    }

    private static Place place(JsonParser parser, @Nullable Place in, @Nullable String name, int index) {
        TokenStreamLocation location = parser.currentTokenLocation();
        return new Place(Math.max(location.getLineNr(), 0), Math.max(location.getColumnNr(), 0), in, name, index);
    }
}
