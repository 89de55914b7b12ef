package org.migreg.register;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Named bit fields of registers, from {@code arm64-register-fields.csv}, whose head names its sources: the
 * identification registers, the control registers that known events are about, and KVM's firmware registers.
 */
public final class RegisterFields {

    /**
     * A named range of bits.
     *
     * @param high the highest bit, 0 to 63
     * @param low the lowest bit, 0 to {@code high}
     */
    public record Field(String name, int high, int low) {
        public Field {
            if (name.isBlank() || low < 0 || high < low || high > 63) {
                throw new IllegalArgumentException("'" + name + "' at bits " + high + ":" + low
                        + " is no field: it needs a name and bits from 63 down to 0, the higher one first");
            }
        }

        /** {@code [27:24]}, or {@code [0]} for a single bit. */
        public String bits() {
            return high == low ? "[" + high + "]" : "[" + high + ":" + low + "]";
        }

        /** What a register of this value has in the field, as an unsigned number. */
        public long of(long value) {
            long mask = high - low == 63 ? -1 : (1L << (high - low + 1)) - 1;
            return value >>> low & mask;
        }
    }

    /** A field with what one register value has in it. */
    public record Decoded(Field field, long value) {

        public String name() {
            return field.name();
        }

        public int high() {
            return field.high();
        }

        public int low() {
            return field.low();
        }

        /** Hexadecimal, without leading zeros: {@code 0x2}. */
        public String hex() {
            return "0x" + Long.toHexString(value);
        }
    }

    private static final String RESOURCE = "arm64-register-fields.csv";
    private static final Map<RegisterId, List<Field>> FIELDS = read();

    private RegisterFields() {}

    /** The named fields from the highest bit down; none where the register has no names here. */
    public static List<Field> fieldsOf(RegisterId id) {
        return FIELDS.getOrDefault(id, List.of());
    }

    /** Each named field with what this value has in it, from the highest bit down. */
    public static List<Decoded> decode(RegisterId id, long value) {
        return fieldsOf(id).stream()
                .map(field -> new Decoded(field, field.of(value)))
                .toList();
    }

    /** The bits that no field of this register names. */
    public static long unnamedBits(RegisterId id) {
        long named = 0;
        for (Field field : fieldsOf(id)) {
            named |= field.of(-1) << field.low();
        }
        return ~named;
    }

    private static Map<RegisterId, List<Field>> read() {
        Map<RegisterId, List<Field>> read = new HashMap<>();
        try (InputStream resource = RegisterFields.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException(RESOURCE + " is not in the jar beside " + RegisterFields.class);
            }
            BufferedReader reader = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8));
            boolean headed = false;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("#")) {
                    continue;
                }
                if (!headed) {
                    if (!"register,high,low,field".equals(line)) {
                        throw new IllegalStateException(RESOURCE + " has another header than expected: " + line);
                    }
                    headed = true;
                    continue;
                }
                String[] columns = line.split(",", 4);
                RegisterId register = RegisterNames.find(columns[0]);
                if (register == null) {
                    throw new IllegalStateException(RESOURCE + " names a register that has no id here: " + columns[0]);
                }
                read.computeIfAbsent(register, key -> new ArrayList<>())
                        .add(new Field(columns[3], Integer.parseInt(columns[1]), Integer.parseInt(columns[2])));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        read.replaceAll((register, fields) -> List.copyOf(fields));
        return read;
    }
}
