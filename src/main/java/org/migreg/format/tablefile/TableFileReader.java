package org.migreg.format.tablefile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.ReadingMemory;
import org.migreg.hostkernel.KernelRange;
import org.migreg.hostkernel.KernelStream;
import org.migreg.policy.CompatProperty;
import org.migreg.policy.EntryContent;
import org.migreg.policy.EntryIdentity;
import org.migreg.policy.ValueCondition;
import org.migreg.policy.change.ProposedTable;
import org.migreg.policy.exchange.UnreadableTableException;
import org.migreg.policy.exchange.UnreadableTableException.Problem;
import org.migreg.qemu.MachineType;
import org.migreg.register.RegisterId;

/**
 * Reads table files strictly: every field is known and of the right kind, registers are canonical ids
 * and agree with their names. An entry without {@code kernels} is for every host, a file without
 * {@code covers} speaks only of its machine types.
 */
public final class TableFileReader {

    /** The greatest length of a file, in characters. */
    public static final int LONGEST_TEXT = 64_000_000;

    static final int DEEPEST_NESTING = 32;

    /** Each value is kept with where it stands. */
    private static final int TIMES_OF_A_PLACE = 2;

    private static final int LONGEST_LINE = 1 << 16;
    private static final int MOST_PROBLEMS = 20;
    private static final Pattern HEX = Pattern.compile("0x[0-9a-fA-F]{1,16}");

    private final List<Problem> problems = new ArrayList<>();

    private TableFileReader() {}

    /**
     * @throws UnreadableTableException with up to 20 problems, each with its place
     */
    public static ProposedTable read(String text, TableFileFormat format) {
        if (text.length() > LONGEST_TEXT) {
            throw new UnreadableTableException(0, 0, "the file is longer than 64,000,000 characters");
        }
        if (format == TableFileFormat.YAML) {
            requireUsualLines(text);
        }
        return ReadingMemory.ofOneFile(
                () -> {
                    ReadingMemory.take(TIMES_OF_A_PLACE * ReadingMemory.toParse(text));
                    return new TableFileReader().table(Node.parse(text, format));
                },
                table -> ReadingMemory.toParse(text.length()));
    }

    /** The parser's time grows with the square of a line's length. */
    private static void requireUsualLines(String text) {
        int line = 1;
        int start = 0;
        for (int end = text.indexOf('\n'); start <= text.length(); end = text.indexOf('\n', start)) {
            int length = (end < 0 ? text.length() : end) - start;
            if (length > LONGEST_LINE) {
                throw new UnreadableTableException(
                        line,
                        LONGEST_LINE + 1,
                        "a line of YAML has at most 65,536 characters: break it, or send JSON as application/json");
            }
            start = end < 0 ? text.length() + 1 : end + 1;
            line++;
        }
    }

    private ProposedTable table(Node root) {
        Fields fields = fields(root, "formatVersion", "covers", "machineTypes");
        checkVersion(fields);
        ProposedTable.Covers covers =
                value(fields.optional("covers"), ProposedTable.Covers::parse, ProposedTable.Covers.MACHINE_TYPES);
        List<MachineType> machineTypes = new ArrayList<>();
        List<EntryContent> entries = new ArrayList<>();
        Map<String, Integer> linesOfNames = new HashMap<>();
        Map<EntryIdentity, Integer> linesOfEntries = new HashMap<>();
        for (Node node : elements(fields.required("machineTypes"))) {
            MachineType machineType = machineType(node, entries, linesOfEntries);
            if (machineType == null) {
                continue;
            }
            Integer earlier =
                    linesOfNames.putIfAbsent(machineType.name(), node.place().line());
            if (earlier != null) {
                report(
                        node.place(),
                        "machine type " + machineType.name() + " stands in line " + earlier
                                + " already: merge the two");
            } else {
                machineTypes.add(machineType);
            }
        }
        if (covers == null || !problems.isEmpty()) {
            throw new UnreadableTableException(problems);
        }
        return new ProposedTable(covers, machineTypes, entries);
    }

    private void checkVersion(Fields fields) {
        Node version = fields.required("formatVersion");
        if (version != null
                && !(version instanceof Node.WholeNumber(var _, String text)
                        && text.equals(String.valueOf(TableFileWriter.FORMAT_VERSION)))) {
            report(version.place(), "this format version is not known: write " + TableFileWriter.FORMAT_VERSION);
        }
    }

    private @Nullable MachineType machineType(
            Node node, List<EntryContent> entries, Map<EntryIdentity, Integer> linesOfEntries) {
        Fields fields = fields(node, "name", "architecture", "inheritsFrom", "description", "entries");
        String name = text(fields.required("name"));
        String architecture = text(fields.required("architecture"));
        String inheritsFrom = text(fields.optional("inheritsFrom"));
        String description = text(fields.optional("description"));
        MachineType machineType = null;
        if (name != null && architecture != null) {
            try {
                machineType =
                        new MachineType(name, architecture, inheritsFrom, Objects.requireNonNullElse(description, ""));
            } catch (IllegalArgumentException invalid) {
                report(node.place(), message(invalid));
            }
        }
        for (Node element : elements(fields.optional("entries"))) {
            EntryContent entry = entry(element, machineType);
            if (entry != null) {
                Integer earlier = linesOfEntries.putIfAbsent(
                        entry.identity(), element.place().line());
                if (earlier != null) {
                    report(
                            element.place(),
                            "the entry says the same as the one in line " + earlier + ": leave one out");
                } else {
                    entries.add(entry);
                }
            }
        }
        return machineType;
    }

    private @Nullable EntryContent entry(Node node, @Nullable MachineType machineType) {
        Fields fields = fields(node, "property", "register", "name", "kernels", "condition", "rationale", "references");
        CompatProperty property = value(fields.required("property"), CompatProperty::parse, null);
        RegisterId register = register(fields);
        KernelRange kernels = kernels(fields.optional("kernels"));
        Node conditionNode = fields.optional("condition");
        ValueCondition condition = conditionNode == null ? null : condition(conditionNode);
        String rationale = text(fields.required("rationale"));
        List<String> references = new ArrayList<>();
        for (Node element : elements(fields.optional("references"))) {
            String reference = text(element);
            if (reference != null) {
                references.add(reference);
            }
        }
        if (machineType == null
                || property == null
                || register == null
                || kernels == null
                || rationale == null
                || conditionNode != null && condition == null) {
            return null;
        }
        try {
            return new EntryContent(machineType.name(), property, register, kernels, condition, rationale, references);
        } catch (IllegalArgumentException invalid) {
            report(node.place(), message(invalid));
            return null;
        }
    }

    private @Nullable RegisterId register(Fields fields) {
        Node node = fields.required("register");
        if (node instanceof Node.WholeNumber number) {
            report(
                    number.place(),
                    number.text() + " is a number here: write the register ID in hexadecimal and in quotes");
            return null;
        }
        RegisterId register = value(node, RegisterId::parseLenient, null);
        Node nameNode = fields.optional("name");
        String name = text(nameNode);
        if (register == null || nameNode == null || name == null || name.equals(register.name())) {
            return register;
        }
        RegisterId named = null;
        try {
            named = RegisterId.parseLenient(name);
        } catch (IllegalArgumentException unknown) {
            report(nameNode.place(), "'" + name + "' is no register's name: " + register + " is " + register.name());
        }
        if (named != null && !named.equals(register)) {
            report(
                    nameNode.place(),
                    name + " is " + named + ", but the register is " + register + ", " + register.name()
                            + ": correct one of them");
        }
        return register;
    }

    private @Nullable KernelRange kernels(@Nullable Node node) {
        if (node == null) {
            return KernelRange.any();
        }
        Fields fields = fields(node, "stream", "range");
        KernelStream stream = value(fields.required("stream"), KernelStream::parse, null);
        Node range = fields.required("range");
        return stream == null ? null : value(range, text -> KernelRange.parse(stream, text), null);
    }

    private @Nullable ValueCondition condition(Node node) {
        Fields fields = fields(node, "mask", "expected");
        Long mask = value(fields.required("mask"), TableFileReader::hex, null);
        Long expected = value(fields.required("expected"), TableFileReader::hex, null);
        if (mask == null || expected == null) {
            return null;
        }
        try {
            return new ValueCondition(mask, expected);
        } catch (IllegalArgumentException invalid) {
            report(node.place(), message(invalid));
            return null;
        }
    }

    private static Long hex(String text) {
        if (!HEX.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'" + shown(text)
                            + "' is not a 64-bit number: write 0x and up to 16 hexadecimal digits, in quotes, such as \"0xff\"");
        }
        return Long.parseUnsignedLong(text.substring(2), 16);
    }

    /** The known fields of an object; missing and unknown ones are reported. */
    private final class Fields {
        private final Node node;
        private final Map<String, Node> fields;

        Fields(Node node, Map<String, Node> fields) {
            this.node = node;
            this.fields = fields;
        }

        @Nullable
        Node required(String name) {
            Node found = fields.get(name);
            if (found == null && node instanceof Node.Mapping) {
                report(node.place(), "the field " + name + " is missing");
            }
            return found;
        }

        @Nullable
        Node optional(String name) {
            return fields.get(name);
        }
    }

    private Fields fields(Node node, String... known) {
        if (!(node instanceof Node.Mapping mapping)) {
            report(node.place(), "an object is wanted here, with the fields " + String.join(", ", known));
            return new Fields(node, Map.of());
        }
        mapping.names().forEach((name, place) -> {
            if (!List.of(known).contains(name)) {
                report(
                        place,
                        "the field '" + shown(name) + "' is not known here: the fields are "
                                + String.join(", ", known));
            }
        });
        return new Fields(node, mapping.fields());
    }

    private List<Node> elements(@Nullable Node node) {
        if (node == null) {
            return List.of();
        }
        if (node instanceof Node.Sequence sequence) {
            return sequence.elements();
        }
        report(node.place(), "an array is wanted here");
        return List.of();
    }

    private @Nullable String text(@Nullable Node node) {
        if (node == null) {
            return null;
        }
        if (node instanceof Node.Text text) {
            return text.text();
        }
        report(
                node.place(),
                "text is wanted here"
                        + (node instanceof Node.Mapping || node instanceof Node.Sequence ? "" : ": put it in quotes"));
        return null;
    }

    private <T> @Nullable T value(@Nullable Node node, Function<String, T> parse, @Nullable T ifAbsent) {
        if (node == null) {
            return ifAbsent;
        }
        String text = text(node);
        if (text == null) {
            return null;
        }
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException invalid) {
            report(node.place(), message(invalid));
            return null;
        }
    }

    private void report(Node.Place place, String message) {
        problems.add(place.problem(message));
        if (problems.size() == MOST_PROBLEMS) {
            throw new UnreadableTableException(problems);
        }
    }

    private static String message(IllegalArgumentException invalid) {
        return String.valueOf(invalid.getMessage());
    }

    private static String shown(String text) {
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }
}
