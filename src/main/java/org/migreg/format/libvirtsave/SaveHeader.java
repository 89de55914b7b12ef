package org.migreg.format.libvirtsave;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.UnreadableCaptureException;
import org.migreg.format.packed.Packing;

/**
 * The head of a save image. Its numbers have the byte order of the host that wrote it.
 *
 * <p>Source: libvirt {@code src/qemu/qemu_saveimage.h}, {@code struct _virQEMUSaveHeader}.
 *
 * @param dataLength bytes between this header and the migration stream: the domain's XML, a zero,
 *     the cookie, and room to edit them
 * @param packing of the stream; null where it is plain, or sparse (QEMU's mapped-ram)
 */
record SaveHeader(int dataLength, @Nullable Packing packing) {

    /** Magic, five numbers of four bytes, fourteen unused ones. */
    static final int SIZE = 16 + 5 * 4 + 14 * 4;

    static final String MAGIC = "LibvirtQemudSave";

    static final String UNFINISHED = "LibvirtQemudPart";
    private static final int NEWEST = 3;
    private static final int LARGEST_DATA = 4 << 20;

    /** In libvirt's order, {@code virQEMUSaveFormat}: raw first, sparse last. */
    private static final List<@Nullable Packing> FORMS =
            Arrays.asList(null, Packing.GZIP, Packing.BZIP2, Packing.XZ, Packing.LZOP, Packing.ZSTD, null);

    /** @throws UnreadableCaptureException when no such head stands there */
    static SaveHeader read(InputStream input) throws IOException {
        byte[] bytes = input.readNBytes(SIZE);
        String magic = new String(Arrays.copyOf(bytes, MAGIC.length()), StandardCharsets.ISO_8859_1);
        if (magic.equals(UNFINISHED)) {
            throw LibvirtSaveReader.refused(
                    0,
                    "the save image is unfinished: it begins with LibvirtQemudPart, as saving did not come to its end");
        }
        if (!magic.equals(MAGIC)) {
            throw LibvirtSaveReader.refused(
                    0, "this is no libvirt save image: it does not begin with LibvirtQemudSave");
        }
        if (bytes.length < SIZE) {
            throw LibvirtSaveReader.refused(
                    bytes.length, "the save image ends after " + bytes.length + " bytes; its header alone has " + SIZE);
        }
        ByteBuffer numbers =
                ByteBuffer.wrap(bytes, MAGIC.length(), SIZE - MAGIC.length()).order(ByteOrder.LITTLE_ENDIAN);
        int imageVersion = numbers.getInt();
        if (imageVersion < 1 || imageVersion > NEWEST) {
            numbers.order(ByteOrder.BIG_ENDIAN);
            imageVersion = Integer.reverseBytes(imageVersion);
        }
        if (imageVersion < 1 || imageVersion > NEWEST) {
            throw LibvirtSaveReader.refused(
                    16, "the save image has a version other than 1 to " + NEWEST + ", in either byte order");
        }
        int dataLength = numbers.getInt();
        if (dataLength < 1 || dataLength > LARGEST_DATA) {
            throw LibvirtSaveReader.refused(
                    20,
                    "the save image says that its XML has " + Integer.toUnsignedString(dataLength) + " bytes; 1 to "
                            + LARGEST_DATA + " are read");
        }
        numbers.getInt();
        int form = numbers.getInt();
        if (form < 0 || form >= FORMS.size()) {
            throw LibvirtSaveReader.refused(
                    28,
                    "the save image has the unknown compression " + Integer.toUnsignedString(form)
                            + "; known are 0 (none), 1 (gzip), 2 (bzip2), 3 (xz), 5 (zstd) and 6 (sparse)");
        }
        return new SaveHeader(dataLength, FORMS.get(form));
    }
}
