package org.migreg.format.migrationstream;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.ReadingMemory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The JSON at a stream's end (QEMU calls it vmdesc) that tells the devices, in the order of their
 * sections, and the size of every field in each.
 *
 * <p>Source: QEMU {@code migration/vmstate.c}, {@code vmstate_save_state_v()}: the size of a field
 * is that of one element as written, everything nested included; a subsection adds a byte 0x05, the
 * length of its name, the name, and a version of four bytes.
 */
record StreamDescription(List<Device> devices) {

    /** The longest description that is read, in bytes; one of 512 vCPUs has about 3 MB. */
    static final int LONGEST = 8 << 20;

    /** The most vCPUs a stream may have; QEMU's virt machine takes 512. */
    static final int MOST_VCPUS = 4096;

    private static final String VCPU = "cpu";
    private static final JsonFactory JSON = JsonFactory.builder().build();

    StreamDescription {
        devices = List.copyOf(devices);
    }

    /**
     * A device's section.
     *
     * @param size the bytes between the section's header and its footer
     * @param registers where the register list lies in them; null for a device without one
     */
    record Device(
            String name, long instance, long size, @Nullable RegisterFields registers) {

        boolean isVcpu() {
            return name.equals(VCPU);
        }

        int nameLength() {
            return name.getBytes(StandardCharsets.UTF_8).length;
        }
    }

    /** Offsets from the beginning of the vCPU's data; -1 for the count's where it is not there. */
    record RegisterFields(long countAt, long indexesAt, long valuesAt, int count) {}

    List<Device> vcpus() {
        return devices.stream().filter(Device::isVcpu).toList();
    }

    /**
     * @param position the offset of the JSON in the stream, for messages
     */
    static StreamDescription parse(byte[] json, long position) throws StreamFault {
        ReadingMemory.take(ReadingMemory.toParse(json, 0, json.length));
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            return new Reading(parser, position).description();
        } catch (JacksonException e) {
            throw new StreamFault(
                    position, "the description at the end of the stream is no JSON: " + e.getOriginalMessage());
        } catch (ArithmeticException tooLarge) {
            throw new StreamFault(position, "the sizes in the description at the end of the stream are too large");
        }
    }

    private static final class Reading {

        private final JsonParser parser;
        private final long position;
        private int vcpus;

        Reading(JsonParser parser, long position) {
            this.parser = parser;
            this.position = position;
        }

        StreamDescription description() throws StreamFault {
            @Nullable List<Device> devices = null;
            expectObject(parser.nextToken(), "the description");
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String key = parser.currentName();
                JsonToken value = parser.nextToken();
                if (key.equals("devices")) {
                    devices = devices(value);
                } else {
                    parser.skipChildren();
                }
            }
            if (devices == null) {
                throw fault("the description at the end of the stream lacks its 'devices'");
            }
            return new StreamDescription(devices);
        }

        private List<Device> devices(JsonToken first) throws StreamFault {
            expectArray(first, "devices");
            List<Device> devices = new ArrayList<>();
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                expectObject(token, "a device");
                Device device = device();
                devices.add(device);
                if (device.isVcpu() && ++vcpus > MOST_VCPUS) {
                    throw fault("the stream describes more than " + MOST_VCPUS + " vCPUs");
                }
            }
            return devices;
        }

        private Device device() throws StreamFault {
            String name = "";
            long instance = 0;
            Contents contents = new Contents();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String key = parser.currentName();
                JsonToken value = parser.nextToken();
                switch (key) {
                    case "name" -> name = text(value, "a device's name");
                    case "instance_id" -> instance = number(value, "a device's instance_id");
                    default -> contents.take(key, value);
                }
            }
            if (name.isEmpty()) {
                throw fault("a device in the description at the end of the stream has no name");
            }
            return new Device(name, instance, contents.size(), contents.registers());
        }

        /** Fields and subsections of a device or of a subsection. */
        private final class Contents {

            private long fields;
            private long subsections;
            private long countAt = -1;
            private long indexesAt = -1;
            private long valuesAt = -1;
            private long indexes;
            private long values;

            void take(String key, JsonToken value) throws StreamFault {
                switch (key) {
                    case "fields" -> {
                        expectArray(value, "fields");
                        for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
                            expectObject(t, "a field");
                            field();
                        }
                    }
                    case "subsections" -> {
                        expectArray(value, "subsections");
                        for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
                            expectObject(t, "a subsection");
                            subsections = Math.addExact(subsections, subsection());
                        }
                    }
                    default -> parser.skipChildren();
                }
            }

            private void field() throws StreamFault {
                String name = "";
                long size = -1;
                long elements = 1;
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    String key = parser.currentName();
                    JsonToken value = parser.nextToken();
                    switch (key) {
                        case "name" -> name = text(value, "a field's name");
                        case "size" -> size = number(value, "a field's size");
                        case "array_len" -> elements = number(value, "a field's array_len");
                        default -> parser.skipChildren();
                    }
                }
                if (size < 0) {
                    throw fault(
                            "the field '" + brief(name) + "' in the description at the end of the stream has no size");
                }
                switch (name) {
                    case "cpreg_vmstate_array_len" -> countAt = size == 4 ? fields : -1;
                    case "cpreg_vmstate_indexes" -> {
                        indexesAt = fields;
                        indexes = eightBytesEach(name, size, elements);
                    }
                    case "cpreg_vmstate_values" -> {
                        valuesAt = fields;
                        values = eightBytesEach(name, size, elements);
                    }
                    default -> {}
                }
                fields = Math.addExact(fields, Math.multiplyExact(size, elements));
            }

            private long eightBytesEach(String name, long size, long elements) throws StreamFault {
                if (size != 8) {
                    throw fault("the field " + name + " has elements of " + size + " bytes; an arm guest's have 8");
                }
                return elements;
            }

            private long subsection() throws StreamFault {
                String name = "";
                Contents contents = new Contents();
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    String key = parser.currentName();
                    JsonToken value = parser.nextToken();
                    if (key.equals("vmsd_name")) {
                        name = text(value, "a subsection's name");
                    } else {
                        contents.take(key, value);
                    }
                }
                return Math.addExact(2L + name.getBytes(StandardCharsets.UTF_8).length + 4, contents.size());
            }

            long size() {
                return Math.addExact(fields, subsections);
            }

            @Nullable
            RegisterFields registers() throws StreamFault {
                if (indexesAt < 0 || valuesAt < 0) {
                    return null;
                }
                if (indexes != values) {
                    throw fault("a vCPU has " + indexes + " register IDs but " + values + " values");
                }
                return new RegisterFields(countAt, indexesAt, valuesAt, Math.toIntExact(indexes));
            }
        }

        private String text(JsonToken token, String what) throws StreamFault {
            if (token != JsonToken.VALUE_STRING) {
                throw fault(what + " is no text in the description at the end of the stream");
            }
            return parser.getString();
        }

        private long number(JsonToken token, String what) throws StreamFault {
            if (token != JsonToken.VALUE_NUMBER_INT || parser.getLongValue() < 0) {
                throw fault(what + " is no number of 0 or more in the description at the end of the stream");
            }
            return parser.getLongValue();
        }

        private void expectObject(@Nullable JsonToken token, String what) throws StreamFault {
            if (token != JsonToken.START_OBJECT) {
                throw fault(what + " at the end of the stream is no JSON object");
            }
        }

        private void expectArray(@Nullable JsonToken token, String what) throws StreamFault {
            if (token != JsonToken.START_ARRAY) {
                throw fault("'" + what + "' in the description at the end of the stream is no JSON array");
            }
        }

        private StreamFault fault(String message) {
            return new StreamFault(position, message);
        }
    }

    private static String brief(String text) {
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }
}
