package org.migreg.qemu;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A versioned board, {@code virt-10.1} or {@code virt-rhel9.6.0}. A guest keeps its machine type for
 * life, and compat properties hang on it. QEMU's {@code virt_machine_10_1_options()} first calls
 * {@code virt_machine_10_2_options()}: an older machine type inherits every newer one's compat
 * properties (QEMU {@code hw/arm/virt.c}).
 *
 * @param name what {@code -M} takes
 * @param architecture the guest architecture, QEMU's target name: {@code aarch64} or {@code arm}
 * @param inheritsFrom the next newer machine type, or null for the newest
 * @param description free text for people, at most 2,000 characters; may be empty
 */
public record MachineType(
        String name, String architecture, @Nullable String inheritsFrom, String description) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,63}");

    public MachineType {
        requireName("name", name);
        if (!architecture.equals("aarch64") && !architecture.equals("arm")) {
            throw new IllegalArgumentException(
                    "the architecture '" + architecture + "' is not one that migreg knows: write aarch64 or arm");
        }
        if (inheritsFrom != null) {
            requireName("inheritsFrom", inheritsFrom);
            if (inheritsFrom.equals(name)) {
                throw new IllegalArgumentException("machine type " + name + " cannot inherit from itself: name the next"
                        + " newer one, or none for the newest");
            }
        }
        if (description.length() > 2000) {
            throw new IllegalArgumentException("the description is longer than 2,000 characters");
        }
    }

    private static void requireName(String field, String value) {
        if (!NAME.matcher(value).matches()) {
            throw new IllegalArgumentException("the " + field + " '"
                    + (value.length() <= 60 ? value : value.substring(0, 57) + "...")
                    + "' is not a machine type's name: write 1 to 64 letters, digits, '.', '_', '+' or '-',"
                    + " beginning with a letter or digit, such as virt-10.1");
        }
    }
}
