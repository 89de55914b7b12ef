package org.migreg.format.plaintext;

import org.jspecify.annotations.Nullable;
import org.migreg.capture.Capture;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterList;

/**
 * Writes a capture as plain text that {@link PlainTextReader} reads back: what is known of its origin
 * in comments, then a register a line in ascending order, {@code id} or {@code id = value}, with the
 * name in a comment.
 */
public final class PlainTextWriter {

    private PlainTextWriter() {}

    public static String write(Capture capture) {
        StringBuilder text = new StringBuilder(capture.registers().size() * 60);
        comment(text, "kernelRelease", capture.kernel());
        comment(text, "package", capture.kernelPackage());
        comment(text, "cpuModel", capture.cpuModel());
        comment(text, "accelerator", capture.accelerator());
        comment(text, "qemuVersion", capture.qemu());
        comment(text, "machineType", capture.machineType());
        comment(text, "vcpuFeatureSet", capture.vcpuFeatureSet());
        write(text, capture.registers());
        return text.toString();
    }

    /** A list alone. */
    public static String write(RegisterList registers) {
        StringBuilder text = new StringBuilder(registers.size() * 60);
        write(text, registers);
        return text.toString();
    }

    private static void write(StringBuilder text, RegisterList registers) {
        for (int i = 0; i < registers.size(); i++) {
            RegisterId id = registers.registerAt(i);
            text.append(id);
            if (registers.hasValueAt(i)) {
                text.append(" = 0x").append(Long.toHexString(registers.valueAt(i)));
            }
            text.append(" # ").append(id.name()).append('\n');
        }
    }

    private static void comment(StringBuilder text, String field, @Nullable Object value) {
        if (value != null) {
            text.append("# ")
                    .append(field)
                    .append(": ")
                    .append(oneLine(value.toString()))
                    .append('\n');
        }
    }

    /** A line break in a package's name would end the comment. */
    private static String oneLine(String value) {
        StringBuilder line = new StringBuilder(value);
        for (int i = 0; i < line.length(); i++) {
            if (Character.isISOControl(line.charAt(i))) {
                line.setCharAt(i, ' ');
            }
        }
        return line.toString();
    }
}
