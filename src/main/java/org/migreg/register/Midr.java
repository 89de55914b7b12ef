package org.migreg.register;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * MIDR_EL1, which tells what processor this is: {@code implementer(31..24) | variant(23..20) |
 * architecture(19..16) | part(15..4) | revision(3..0)}.
 *
 * <p>Names are in {@code arm64-processors.csv}. Source: Linux {@code arch/arm64/include/asm/cputype.h};
 * for the Arm parts that Linux does not name, their technical reference manuals; for 0x00/0x051 QEMU's
 * {@code -cpu max} under TCG.
 *
 * @param bits the register; the upper half is reserved and must be 0
 */
public record Midr(long bits) {

    private static final Pattern BLANKS = Pattern.compile(" +");
    private static final Map<Integer, String> IMPLEMENTERS = new HashMap<>();
    private static final Map<Integer, String> PARTS = new HashMap<>();

    static {
        for (String[] row : FactTable.read("arm64-processors.csv", "implementer,part,name", 3)) {
            int implementer = Integer.decode(row[0]);
            if (row[1].isEmpty()) {
                IMPLEMENTERS.put(implementer, row[2]);
            } else {
                PARTS.put(implementer << 12 | Integer.decode(row[1]), row[2]);
            }
        }
    }

    public Midr {
        if (bits >>> 32 != 0) {
            throw new IllegalArgumentException(Hex.number(bits)
                    + " is not a MIDR_EL1: its upper 32 bits are reserved and must be 0, as in 0x00000000410fd0c0");
        }
    }

    /** Who made it: 0x41 is Arm, 0xc0 Ampere; 0x00 is reserved for software, such as QEMU's {@code max}. */
    public int implementer() {
        return (int) (bits >>> 24 & 0xff);
    }

    /** The major revision, the r of r4p1. */
    public int variant() {
        return (int) (bits >>> 20 & 0xf);
    }

    /** 0xf on every processor since ARMv7. */
    public int architecture() {
        return (int) (bits >>> 16 & 0xf);
    }

    /** The implementer's own number of the part, 0 to 0xfff. */
    public int part() {
        return (int) (bits >>> 4 & 0xfff);
    }

    /** The minor revision, the p of r4p1. */
    public int revision() {
        return (int) (bits & 0xf);
    }

    /** The implementer's name, or null where the table has none. */
    public @Nullable String implementerName() {
        return IMPLEMENTERS.get(implementer());
    }

    /** The part's name, {@code Neoverse-N1}, or null where the table has none. */
    public @Nullable String partName() {
        return PARTS.get(implementer() << 12 | part());
    }

    /** The part's name as QEMU writes CPU models, {@code neoverse-n1} or {@code max}; null where the table has none. */
    public @Nullable String cpuModel() {
        String name = partName();
        if (name == null) {
            return null;
        }
        String model = BLANKS.matcher(name).replaceAll("-").toLowerCase(Locale.ROOT);
        return model.startsWith("qemu-") ? model.substring("qemu-".length()) : model;
    }

    /** For people: {@code Arm Neoverse-N1 r4p1}, with numbers where a name is not known. */
    public String describe() {
        String maker = implementerName();
        String part = partName();
        return (maker == null ? "implementer 0x" + hex(implementer(), 2) : maker)
                + " " + (part == null ? "part 0x" + hex(part(), 3) : part)
                + " r" + variant() + "p" + revision();
    }

    /** {@code 0x} and 16 lower-case hex digits. */
    @Override
    public String toString() {
        return Hex.word(bits);
    }

    private static String hex(int value, int digits) {
        return String.format(Locale.ROOT, "%0" + digits + "x", value);
    }
}
