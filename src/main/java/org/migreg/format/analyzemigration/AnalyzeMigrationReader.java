package org.migreg.format.analyzemigration;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.CaptureReading;
import org.migreg.capture.CaptureReading.VcpuRegisters;
import org.migreg.capture.Normalisation;
import org.migreg.capture.ReadingMemory;
import org.migreg.capture.SaidOfHost;
import org.migreg.capture.UnreadableCaptureException;
import org.migreg.format.reading.CaptureFormat;
import org.migreg.format.reading.FileContent;
import org.migreg.format.reading.Head;
import org.migreg.format.reading.Input;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterList;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads what QEMU's {@code scripts/analyze-migration.py -f STREAM} prints: an object with a member for
 * each section, of which those named {@code cpu (NN)} are vCPUs, in the order of their sections. Each
 * has {@code cpreg_vmstate_indexes} and {@code cpreg_vmstate_values}, arrays of hex numbers (a single
 * one stands without an array). The script prints neither machine type, QEMU's version nor CPU model.
 *
 * <p>Read token by token, so that a dump of RAM ({@code -m}) costs no memory.
 */
public final class AnalyzeMigrationReader implements CaptureFormat {

    /** The name of the format in readings and errors. */
    public static final String FORMAT = "qemu-analyze-migration";

    private static final int MOST_VCPUS = 4096;
    private static final Pattern VCPU = Pattern.compile("cpu \\([0-9]{1,10}\\)");
    private static final Pattern NUMBER = Pattern.compile("0x([0-9a-fA-F]{1,16})");
    /** The first devices that the script prints, whatever comes after them. */
    private static final Pattern ANALYZED =
            Pattern.compile("\\s*\\{(?:\\s*\"[^\"]{1,100} \\(\\d+\\)\"|.*?\"cpu \\(\\d+\\)\")", Pattern.DOTALL);

    private static final JsonFactory JSON =
            JsonFactory.builder().disable(StreamReadFeature.AUTO_CLOSE_SOURCE).build();

    @Override
    public String name() {
        return FORMAT;
    }

    @Override
    public String files() {
        return "the JSON of analyze-migration.py";
    }

    @Override
    public boolean recognises(Head head) {
        return head.isJson() && ANALYZED.matcher(head.beginning()).lookingAt();
    }

    @Override
    public FileContent read(Input file) throws IOException {
        return new FileContent.Captures(FORMAT, read(file.stream()));
    }

    /**
     * Reads the document and leaves the input open.
     *
     * @throws UnreadableCaptureException when it is not such a document
     * @throws IOException when the input fails
     */
    public CaptureReading read(InputStream input) throws IOException {
        Medium medium = new Medium(input);
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), medium)) {
            return new Document(parser).reading();
        } catch (JacksonIOException e) {
            if (medium.failure != null) {
                throw medium.failure;
            }
            throw new UnreadableCaptureException(FORMAT, -1, "this is no JSON in UTF-8: " + e.getOriginalMessage());
        } catch (JacksonException e) {
            long position = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
            throw new UnreadableCaptureException(FORMAT, position, "this is no JSON: " + e.getOriginalMessage());
        }
    }

    /** Remembers how the input failed: the parser has I/O errors of its own, for encodings it does not know. */
    private static final class Medium extends FilterInputStream {

        private @Nullable IOException failure;

        Medium(InputStream input) {
            super(input);
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                return super.read(into, offset, length);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }

    private static final class Document {

        private final JsonParser parser;

        Document(JsonParser parser) {
            this.parser = parser;
        }

        CaptureReading reading() {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw fault("this is no output of analyze-migration.py, which is a JSON object");
            }
            List<VcpuRegisters> vcpus = new ArrayList<>();
            RegisterList.@Nullable Builder first = null;
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String section = parser.currentName();
                JsonToken value = parser.nextToken();
                if (!VCPU.matcher(section).matches() || value != JsonToken.START_OBJECT) {
                    parser.skipChildren();
                    continue;
                }
                if (vcpus.size() == MOST_VCPUS) {
                    throw fault("the output has more than " + MOST_VCPUS + " vCPUs");
                }
                RegisterList.Builder builder = vcpu(section);
                vcpus.add(new VcpuRegisters(vcpus.size(), list(section, builder)));
                if (first == null) {
                    first = builder;
                }
            }
            if (first == null) {
                throw fault(
                        "the output has no section such as 'cpu (6)': give what analyze-migration.py -f STREAM prints"
                                + " of an arm guest's stream");
            }
            if (parser.nextToken() != null) {
                throw fault("something follows the output of analyze-migration.py");
            }
            return new CaptureReading(
                    vcpus, SaidOfHost.shownBy(vcpus.getFirst().registers()), Normalisation.of(first), List.of());
        }

        private RegisterList.Builder vcpu(String section) {
            long @Nullable [] indexes = null;
            long @Nullable [] values = null;
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                switch (field) {
                    case "cpreg_vmstate_indexes" -> indexes = numbers(field, value);
                    case "cpreg_vmstate_values" -> values = numbers(field, value);
                    default -> parser.skipChildren();
                }
            }
            if (indexes == null || values == null) {
                throw fault("the section '" + section
                        + "' lacks cpreg_vmstate_indexes or cpreg_vmstate_values: it is of no" + " arm guest");
            }
            if (indexes.length != values.length) {
                throw fault("the section '" + section + "' has " + indexes.length + " cpreg_vmstate_indexes but "
                        + values.length + " cpreg_vmstate_values");
            }
            ReadingMemory.take(ReadingMemory.toKeep(indexes.length));
            RegisterList.Builder builder = RegisterList.builder();
            try {
                for (int i = 0; i < indexes.length; i++) {
                    builder.add(new RegisterId(indexes[i]), values[i]);
                }
            } catch (IllegalArgumentException e) {
                throw fault("the section '" + section + "': " + e.getMessage());
            }
            return builder;
        }

        private RegisterList list(String section, RegisterList.Builder builder) {
            try {
                RegisterList registers = builder.build();
                if (registers.isEmpty()) {
                    throw fault("the section '" + section + "' has no register");
                }
                return registers;
            } catch (IllegalArgumentException e) {
                throw fault("the section '" + section + "': " + e.getMessage());
            }
        }

        private long[] numbers(String field, JsonToken token) {
            if (token == JsonToken.VALUE_STRING) {
                return new long[] {number(field)};
            }
            if (token != JsonToken.START_ARRAY) {
                throw fault(field + " is neither a hex number nor an array of them");
            }
            long[] numbers = new long[512];
            int count = 0;
            for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
                if (t != JsonToken.VALUE_STRING) {
                    throw fault(field + " has an element other than a hex number in quotes");
                }
                if (count == RegisterList.LARGEST) {
                    throw fault(field + " has more than " + RegisterList.LARGEST + " elements");
                }
                if (count == numbers.length) {
                    numbers = Arrays.copyOf(numbers, 2 * count);
                }
                numbers[count++] = number(field);
            }
            return Arrays.copyOf(numbers, count);
        }

        private long number(String field) {
            String text = parser.getString();
            Matcher number = NUMBER.matcher(text);
            if (!number.matches()) {
                throw fault("'" + (text.length() <= 60 ? text : text.substring(0, 57) + "...") + "' in " + field
                        + " is no hex number of up to 16 digits such as 0x603000000013c103");
            }
            return Long.parseUnsignedLong(number.group(1), 16);
        }

        private UnreadableCaptureException fault(String message) {
            return new UnreadableCaptureException(
                    FORMAT, parser.currentTokenLocation().getByteOffset(), message);
        }
    }
}
