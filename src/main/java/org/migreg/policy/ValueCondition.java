package org.migreg.policy;

import org.migreg.register.Hex;

/**
 * When a register is truly safe to lose, tolerated or hidden: {@code value & mask == expected}, as QEMU
 * 11.1's tolerance <i>only-source-test-value</i> tests it.
 *
 * @param mask the bits that matter; at least one
 * @param expected what they must be; no bit outside the mask
 */
public record ValueCondition(long mask, long expected) {

    /** Only a value of 0 may be lost. */
    public static final ValueCondition ZERO = new ValueCondition(-1L, 0);

    public ValueCondition {
        if (mask == 0) {
            throw new IllegalArgumentException(
                    "the condition's mask is 0x0, so it would test nothing: leave the condition"
                            + " out, or set the bits that matter");
        }
        if ((expected & ~mask) != 0) {
            throw new IllegalArgumentException("the condition's expected value " + Hex.number(expected)
                    + " has bits outside its mask " + Hex.number(mask) + ", so it could never be met");
        }
    }

    public boolean isMetBy(long value) {
        return (value & mask) == expected;
    }

    @Override
    public String toString() {
        return "value & " + Hex.number(mask) + " == " + Hex.number(expected);
    }
}
