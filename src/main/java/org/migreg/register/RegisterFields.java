package org.migreg.register;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Named bit fields of registers, from {@code arm64-register-fields.csv}, whose head names its sources: the
 * identification registers, the control registers that known events are about, and KVM's firmware registers.
 */
public final class RegisterFields {

    /** A field with what one register value has in it. */
    public record Decoded(BitField field, long value) {

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
            return Hex.number(value);
        }
    }

    private static final Map<RegisterId, List<BitField>> FIELDS = read();

    private RegisterFields() {}

    /** The named fields from the highest bit down; none where the register has no names here. */
    public static List<BitField> fieldsOf(RegisterId id) {
        return FIELDS.getOrDefault(id, List.of());
    }

    /**
     * The register's field of this name.
     *
     * @throws IllegalStateException when the table has none
     */
    public static BitField require(RegisterId id, String name) {
        for (BitField field : fieldsOf(id)) {
            if (field.name().equals(name)) {
                return field;
            }
        }
        throw new IllegalStateException("the table of fields lacks " + id.name() + "." + name);
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
        for (BitField field : fieldsOf(id)) {
            named |= field.mask();
        }
        return ~named;
    }

    private static Map<RegisterId, List<BitField>> read() {
        Map<RegisterId, List<BitField>> read = new HashMap<>();
        for (String[] row : FactTable.read("arm64-register-fields.csv", "register,high,low,field", 4)) {
            read.computeIfAbsent(RegisterNames.require(row[0]), key -> new ArrayList<>())
                    .add(new BitField(row[3], Integer.parseInt(row[1]), Integer.parseInt(row[2])));
        }
        read.replaceAll((register, fields) -> List.copyOf(fields));
        return read;
    }
}
