package org.migreg.register;

/**
 * A named range of a register's bits.
 *
 * @param high the highest bit, 0 to 63
 * @param low the lowest bit, 0 to {@code high}
 */
public record BitField(String name, int high, int low) {

    public BitField {
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
        return value >>> low & -1L >>> 63 - (high - low);
    }

    /** The field's bits at their place in the register. */
    public long mask() {
        return of(-1L) << low;
    }
}
