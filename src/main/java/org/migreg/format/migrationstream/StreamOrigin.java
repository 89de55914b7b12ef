package org.migreg.format.migrationstream;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The head of a stream: file header and configuration section.
 *
 * <p>Source: QEMU {@code migration/savevm.c}, {@code qemu_savevm_state_header()} and {@code
 * vmstate_configuration}.
 *
 * @param machineType null in a stream without a configuration section, which machine types before
 *     2.4 make
 * @param pageSize the target's, in bytes
 * @param capabilities those that the stream says both sides must have, such as {@code mapped-ram}
 * @param walkable whether it is known where the first section begins: a subsection of the
 *     configuration that is not known here has no size
 */
record StreamOrigin(@Nullable String machineType, int pageSize, List<String> capabilities, boolean walkable) {

    static final int MAGIC = 0x5145_564d;
    static final int FILE_VERSION = 3;

    private static final int CONFIGURATION = 0x07;
    private static final int SUBSECTION = 0x05;
    private static final int LONGEST_NAME = 100;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+,=-]*");

    StreamOrigin {
        capabilities = List.copyOf(capabilities);
    }

    static StreamOrigin read(ByteSource source) throws IOException, StreamFault {
        if (!source.has(4) || source.peekI32(0) != MAGIC) {
            throw new StreamFault(0, "this is no QEMU migration stream: it does not begin with QEVM (hex 51 45 56 4d)");
        }
        source.skip(4, "the file header");
        int fileVersion = source.i32("the file header");
        if (fileVersion != FILE_VERSION) {
            throw new StreamFault(
                    4,
                    "the stream has file version " + Integer.toUnsignedString(fileVersion)
                            + "; QEMU since 0.12 writes version 3");
        }
        if (!source.has(1) || source.peekU8(0) != CONFIGURATION) {
            return new StreamOrigin(null, 1 << 12, List.of(), true);
        }
        source.skip(1, "the configuration section");
        long at = source.position();
        int length = source.i32("the configuration section");
        if (length < 1 || length > LONGEST_NAME) {
            throw new StreamFault(
                    at,
                    "the machine type's name has " + Integer.toUnsignedString(length) + " bytes; it has 1 to "
                            + LONGEST_NAME);
        }
        String machineType = new String(source.bytes(length, "the configuration section"), StandardCharsets.ISO_8859_1);
        if (!NAME.matcher(machineType).matches()) {
            throw new StreamFault(at + 4, "the machine type in the configuration section is no name such as virt-10.1");
        }
        int pageBits = 12;
        List<String> capabilities = new ArrayList<>();
        while (source.has(1) && source.peekU8(0) == SUBSECTION) {
            source.skip(1, "the configuration section");
            at = source.position();
            String name = source.text("the configuration section");
            source.skip(4, name);
            switch (name) {
                case "configuration/target-page-bits" -> {
                    pageBits = source.i32(name);
                    if (pageBits < 10 || pageBits > 16) {
                        throw new StreamFault(
                                at, "pages have 2^" + pageBits + " bytes; those of an arm guest have 2^10 to 2^16");
                    }
                }
                case "configuration/capabilities" -> {
                    int count = source.i32(name);
                    for (int i = 0; i < count; i++) {
                        if (i == 1000) {
                            throw new StreamFault(at, "the stream names more than 1,000 capabilities");
                        }
                        capabilities.add(source.text(name));
                    }
                }
                case "configuration/uuid" -> source.skip(16, name);
                default -> {
                    return new StreamOrigin(machineType, 1 << pageBits, capabilities, false);
                }
            }
        }
        return new StreamOrigin(machineType, 1 << pageBits, capabilities, true);
    }
}
