package org.migreg.format.capturejson;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.CaptureReading;
import org.migreg.capture.Normalisation;
import org.migreg.capture.SaidOfHost;
import org.migreg.capture.SaidOfHost.Fact;
import org.migreg.capture.UnreadableCaptureException;
import org.migreg.format.reading.CaptureFormat;
import org.migreg.format.reading.FileContent;
import org.migreg.format.reading.Head;
import org.migreg.format.reading.Input;
import org.migreg.format.reading.StrictJson;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.qemu.Accelerator;
import org.migreg.qemu.CpuOptions;
import org.migreg.qemu.QemuVersion;
import org.migreg.register.Midr;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterList;
import org.migreg.register.RegisterValue;
import org.migreg.register.WritableMasks;
import tools.jackson.databind.JsonNode;

/**
 * Reads documents: one, several one after the other (JSON lines, files put together), or arrays of them such as
 * the collector prints. Only {@code registers} is required: {@code [id, value]} pairs, {@code {"id":, "value":}} objects or bare IDs, a value of
 * null being unknown. Strict on every field it knows, naming it by JSON pointer (RFC 6901); a field it
 * does not know becomes a remark.
 */
public final class CaptureJsonReader implements CaptureFormat {

    /** The name of the format. */
    public static final String FORMAT = "migreg-json";

    /** The longest input that is read, in bytes; a document of 420 registers takes 20,000. */
    private static final int LARGEST = 16 << 20;

    /** The most documents that are read at once. */
    public static final int MOST_DOCUMENTS = 500;

    private static final Set<String> ACCEPTED_UNREAD = Set.of("kvmCapabilities");
    private static final BigInteger LARGEST_WORD = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    @Override
    public String name() {
        return FORMAT;
    }

    @Override
    public String files() {
        return "migreg's JSON (one capture or an array)";
    }

    @Override
    public boolean recognises(Head head) {
        return head.isJson();
    }

    @Override
    public boolean takesTheRest() {
        return true;
    }

    @Override
    public FileContent read(Input file) throws IOException {
        return new FileContent.Captures(FORMAT, read(file.text(FORMAT, LARGEST)));
    }

    /**
     * @return one reading for each document, in their order; at least one
     * @throws UnreadableCaptureException naming the field by JSON pointer
     */
    public static List<CaptureReading> read(byte[] content) {
        List<Field> documents = documents(StrictJson.documents(content, MOST_DOCUMENTS, FORMAT));
        if (documents.isEmpty() || documents.size() > MOST_DOCUMENTS) {
            throw new UnreadableCaptureException(
                    FORMAT,
                    -1,
                    "the JSON holds "
                            + (documents.size() > MOST_DOCUMENTS ? "more than " + MOST_DOCUMENTS : "no")
                            + " documents: give 1 to " + MOST_DOCUMENTS);
        }
        return documents.stream().map(CaptureJsonReader::document).toList();
    }

    /** What stands in the text, one after the other: documents, or arrays of them, such as several files put together. */
    private static List<Field> documents(List<JsonNode> roots) {
        List<Field> documents = new ArrayList<>();
        for (int i = 0; i < roots.size(); i++) {
            Field root = new Field(roots.size() == 1 ? "" : "(document " + (i + 1) + ")", roots.get(i));
            if (!root.node().isArray()) {
                documents.add(root);
                continue;
            }
            for (int j = 0; j < root.node().size() && documents.size() <= MOST_DOCUMENTS; j++) {
                documents.add(root.element(j));
            }
        }
        return documents;
    }

    private static CaptureReading document(Field document) {
        if (!document.node().isObject()) {
            throw document.refused("must be an object with registers, but is " + document.kind());
        }
        Known known = new Known();
        List<String> remarks = new ArrayList<>();
        for (Map.Entry<String, JsonNode> property : document.node().properties()) {
            String name = property.getKey();
            Field field = document.field(name, property.getValue());
            if (property.getValue().isNull() && !name.equals("registers")) {
                continue;
            }
            if (!known.take(name, field) && !ACCEPTED_UNREAD.contains(name)) {
                remarks.add("The field " + field.shown() + " is not known and was ignored.");
            }
            if (remarks.size() > 100) {
                throw document.refused("has more than 100 unknown fields, so this is another format");
            }
        }
        return known.reading(document, remarks);
    }

    /** What was understood of one document so far. */
    private static final class Known {

        private SaidOfHost host = SaidOfHost.NOTHING;
        private @Nullable RegisterList registers;
        private Normalisation normalisation = Normalisation.NONE;

        boolean take(String name, Field field) {
            switch (name) {
                case "registers" -> registers(field);
                case "kernelRelease" ->
                    say(
                            Fact.KERNEL_RELEASE,
                            field.parsed(KernelRelease::parse, field.text()).text());
                case "package" -> say(Fact.KERNEL_PACKAGE, field.text());
                case "cpuModel" -> say(Fact.CPU_MODEL, field.text());
                case "midr" ->
                    say(Fact.MIDR, field.parsed(Midr::new, field.word()).bits());
                case "accelerator" -> say(Fact.ACCELERATOR, field.parsed(Accelerator::parse, field.text()));
                case "qemu", "qemuVersion" -> qemu(field);
                case "machineType" -> say(Fact.MACHINE_TYPE, field.text());
                case "vcpuFeatureSet" -> say(Fact.VCPU_FEATURE_SET, field.text());
                case "vcpuFeatures" -> say(Fact.VCPU_FEATURES, texts(field));
                case "cpu" -> say(Fact.CPU, field.parsed(CpuOptions::parse, field.text()));
                case "source" -> say(Fact.ORIGIN, field.text());
                case "writableMasks" -> say(Fact.MASKS, masks(field));
                case "hardwareNv" -> say(Fact.HARDWARE_NV, nv(field));
                default -> {
                    return false;
                }
            }
            return true;
        }

        private <T> void say(Fact<T> fact, @Nullable T value) {
            host = host.with(fact, value);
        }

        CaptureReading reading(Field document, List<String> remarks) {
            if (registers == null) {
                throw document.refused("has no field registers: give the register list, such as"
                        + " \"registers\": [[\"0x603000000013c103\", \"0x0\"]]");
            }
            return CaptureReading.ofOneList(registers, host, normalisation, remarks);
        }

        private void qemu(Field field) {
            QemuVersion given = field.parsed(QemuVersion::parse, field.text());
            QemuVersion other = host.get(Fact.QEMU);
            if (other != null && !other.equals(given)) {
                throw field.refused(
                        "is " + given + ", but qemu and qemuVersion are one field and the other says " + other);
            }
            say(Fact.QEMU, given);
        }

        private void registers(Field field) {
            field.requireArray("an array of registers, such as [[\"0x603000000013c103\", \"0x0\"]]");
            RegisterList.Builder builder = RegisterList.builder();
            Map<RegisterId, Long> values = new TreeMap<>();
            for (int i = 0; i < field.node().size(); i++) {
                register(field.element(i), builder, values);
            }
            RegisterList built = field.parsed(ignored -> builder.build(), "");
            if (built.isEmpty()) {
                throw field.refused("holds no register that QEMU migrates: a capture has at least one");
            }
            registers = built;
            normalisation = Normalisation.of(builder);
        }
    }

    private static void register(Field element, RegisterList.Builder builder, Map<RegisterId, Long> values) {
        Field idField = element;
        Field valueField = null;
        if (element.node().isArray()) {
            if (element.node().size() != 2) {
                throw element.refused("has " + element.node().size()
                        + " elements: write [id, value], with null for an unknown value");
            }
            idField = element.element(0);
            valueField = element.element(1);
        } else if (element.node().isObject()) {
            idField = element.required("id");
            valueField = element.optional("value");
            for (String name : element.node().propertyNames()) {
                // The API's answers have names.
                if (!name.equals("id") && !name.equals("value") && !name.equals("name")) {
                    throw element.refused(
                            "has a field '" + abbreviated(name) + "': a register has only id, value and name");
                }
            }
        }
        RegisterId id = idField.registerId();
        if (valueField == null || valueField.node().isNull()) {
            idField.parsed(builder::add, id);
            return;
        }
        if (RegisterList.Builder.drops(id)) {
            // CORE and SVE values are up to 2048 bits wide, and go with their register.
            if (!valueField.node().isString() && !valueField.node().isIntegralNumber()) {
                throw valueField.refused("must be a number or a text such as \"0x0\", but is " + valueField.kind());
            }
            idField.parsed(builder::add, id);
            return;
        }
        long value = valueField.word();
        Long earlier = values.putIfAbsent(id, value);
        if (earlier != null && earlier != value) {
            throw valueField.refused("gives " + id + " (" + id.name() + ") the value 0x" + Long.toHexString(value)
                    + ", which stood before with 0x" + Long.toHexString(earlier) + ": give it once");
        }
        idField.parsed(accepted -> builder.add(accepted, value), id);
    }

    private static WritableMasks masks(Field field) {
        field.requireArray("an array of masks, such as [[\"0x603000000013c020\", \"0xff0fff0f\"]]");
        Map<RegisterId, Long> masks = new TreeMap<>();
        for (int i = 0; i < field.node().size(); i++) {
            Field pair = field.element(i);
            boolean isObject = pair.node().isObject();
            if (!isObject && !(pair.node().isArray() && pair.node().size() == 2)) {
                throw pair.refused("must be [id, mask], but is " + pair.kind());
            }
            RegisterId id = (isObject ? pair.required("id") : pair.element(0)).registerId();
            Field maskField = isObject ? pair.required("mask") : pair.element(1);
            long mask = maskField.word();
            Long earlier = masks.putIfAbsent(id, mask);
            if (earlier != null && earlier != mask) {
                throw maskField.refused("gives " + id + " a second mask: give it once");
            }
        }
        return field.parsed(WritableMasks::new, masks);
    }

    private static int nv(Field field) {
        long nv = field.word();
        if (nv < 0 || nv > 15) {
            throw field.refused("is " + Long.toUnsignedString(nv)
                    + ", which must be 0 to 15: it is the four bits [27:24] of the hardware's ID_AA64MMFR2_EL1");
        }
        return (int) nv;
    }

    private static @Nullable Set<String> texts(Field field) {
        field.requireArray("an array of texts, such as [\"psci-0.2\", \"pmu-v3\"]");
        if (field.node().size() > 50) {
            throw field.refused("has " + field.node().size() + " elements; at most 50 are taken");
        }
        Set<String> texts = new TreeSet<>();
        for (int i = 0; i < field.node().size(); i++) {
            texts.add(field.element(i).text());
        }
        return texts.isEmpty() ? null : texts;
    }

    private static String abbreviated(String text) {
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }

    /** A node and where it stands. */
    private record Field(String pointer, JsonNode node) {

        Field field(String name, JsonNode value) {
            return new Field(pointer + "/" + name.replace("~", "~0").replace("/", "~1"), value);
        }

        Field element(int index) {
            return new Field(pointer + "/" + index, node.path(index));
        }

        Field required(String name) {
            Field found = optional(name);
            if (found == null) {
                throw refused("has no field " + name);
            }
            return found;
        }

        @Nullable
        Field optional(String name) {
            return node.has(name) ? field(name, node.path(name)) : null;
        }

        String kind() {
            return switch (node.getNodeType()) {
                case OBJECT -> "an object";
                case ARRAY -> "an array of " + node.size() + " elements";
                case STRING -> "the text '" + abbreviated(node.stringValue()) + "'";
                case NUMBER -> "the number " + abbreviated(node.toString());
                case NULL -> "null";
                case BOOLEAN -> node.toString();
                default -> "something else";
            };
        }

        void requireArray(String what) {
            if (!node.isArray()) {
                throw refused("must be " + what + ", but is " + kind());
            }
        }

        String text() {
            if (!node.isString()) {
                throw refused("must be a text, but is " + kind());
            }
            return node.stringValue();
        }

        /** 64 bits: a text that {@link RegisterValue#parse} reads, or a whole number that is not negative. */
        long word() {
            if (node.isString()) {
                return parsed(RegisterValue::parse, node.stringValue()).bits();
            }
            if (!node.isIntegralNumber()) {
                throw refused("must be a text such as \"0x10001\" or a whole number, but is " + kind());
            }
            BigInteger number = node.bigIntegerValue();
            if (number.signum() < 0 || number.compareTo(LARGEST_WORD) > 0) {
                throw refused("is " + kind() + ", which does not fit in 64 bits without a sign");
            }
            return number.longValue();
        }

        RegisterId registerId() {
            if (node.isString()) {
                return parsed(RegisterId::parseLenient, node.stringValue());
            }
            if (!node.isIntegralNumber()) {
                throw refused("must be a register ID such as \"0x603000000013c103\", but is " + kind());
            }
            return new RegisterId(word());
        }

        <A, B> B parsed(java.util.function.Function<A, B> parser, A given) {
            try {
                return parser.apply(given);
            } catch (IllegalArgumentException refused) {
                throw refused("is refused: " + refused.getMessage());
            }
        }

        String shown() {
            return pointer.isEmpty() ? "(the document)" : abbreviated(pointer);
        }

        UnreadableCaptureException refused(String message) {
            return new UnreadableCaptureException(FORMAT, -1, shown() + " " + message);
        }
    }
}
