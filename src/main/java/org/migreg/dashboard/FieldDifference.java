package org.migreg.dashboard;

import java.util.List;
import org.migreg.register.BitField;
import org.migreg.register.Hex;
import org.migreg.register.RegisterFields;
import org.migreg.register.RegisterId;

/** Of two values of a register, one field that differs. */
public record FieldDifference(BitField field, String first, String second) {

    /** Those that do; none where the register's fields have no names. */
    public static List<FieldDifference> of(RegisterId register, long first, long second) {
        return RegisterFields.fieldsOf(register).stream()
                .filter(field -> field.of(first) != field.of(second))
                .map(field -> new FieldDifference(field, Hex.number(field.of(first)), Hex.number(field.of(second))))
                .toList();
    }
}
