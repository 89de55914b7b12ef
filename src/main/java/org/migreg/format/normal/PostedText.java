package org.migreg.format.normal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.migreg.capture.ReadingMemory;
import org.migreg.capture.UnreadableCaptureException;
import org.migreg.format.packed.CannotUnpackException;
import org.migreg.format.packed.Packing;

/** The text of a body or file, packed or not, in whichever encoding. */
public final class PostedText {

    /** A file that was packed by hand, of a log that was packed when it was rotated. */
    private static final int PACKED_DEEP = 2;

    private PostedText() {}

    /**
     * @param format in whose name it is refused
     * @param largest in bytes, packed and unpacked
     * @throws UnreadableCaptureException when it is larger, or packed and cannot be unpacked
     * @throws IOException when the content cannot be read
     */
    public static String of(InputStream content, String format, int largest) throws IOException {
        return Encodings.decoded(bytes(content, format, largest));
    }

    /**
     * The same in UTF-8; bytes that are no text stay as they are.
     *
     * @throws UnreadableCaptureException likewise
     * @throws IOException likewise
     */
    public static byte[] bytes(InputStream content, String format, int largest) throws IOException {
        byte[] bytes = atMost(content, format, largest);
        for (int deep = 0; deep < PACKED_DEEP; deep++) {
            Packing packing = Packing.of(bytes);
            if (packing == null) {
                break;
            }
            try (InputStream unpacked = packing.unpack(new ByteArrayInputStream(bytes))) {
                bytes = atMost(unpacked, format, largest);
                ReadingMemory.take(ReadingMemory.toParse(bytes.length));
            } catch (CannotUnpackException e) {
                throw new UnreadableCaptureException(
                        format, -1, "it is packed with " + packing + " and cannot be unpacked: " + e.why());
            }
        }
        return Encodings.inUtf8(bytes);
    }

    private static byte[] atMost(InputStream content, String format, int largest) throws IOException {
        byte[] bytes = content.readNBytes(largest + 1);
        if (bytes.length > largest) {
            throw new UnreadableCaptureException(
                    format, largest, "it has more than " + (largest >> 20) + " MiB: give the lines of one failed load");
        }
        return bytes;
    }
}
