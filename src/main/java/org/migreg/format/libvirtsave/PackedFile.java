package org.migreg.format.libvirtsave;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.UnreadableCaptureException;
import org.migreg.format.libvirtsave.SaveHeader.Form;

/** A file that is packed as a whole by one of the programs that libvirt knows, such as {@code migrate exec:gzip} writes. */
public final class PackedFile {

    /** What files begin with, in hex. Source: RFC 1952, RFC 8878, and the formats' own descriptions. */
    private static final Map<String, Form> MAGIC = Map.of(
            "1f8b08", Form.GZIP,
            "425a68", Form.BZIP2,
            "fd377a585a00", Form.XZ,
            "894c5a4f", Form.LZOP,
            "28b52ffd", Form.ZSTD);

    private PackedFile() {}

    /** Whether a file that begins so is packed. */
    public static boolean recognises(byte[] beginning) {
        return form(beginning) != null;
    }

    private static @Nullable Form form(byte[] beginning) {
        String start = HexFormat.of().formatHex(Arrays.copyOf(beginning, 6));
        return MAGIC.entrySet().stream()
                .filter(magic -> start.startsWith(magic.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    /** What is done with the bytes of a file. */
    @FunctionalInterface
    public interface Reading<T> {
        T read(InputStream content) throws IOException;
    }

    /**
     * Reads what a packed file holds.
     *
     * @param beginning of the file, which is recognised
     * @throws UnreadableCaptureException when it cannot be unpacked
     */
    public static <T> T unpack(InputStream input, byte[] beginning, Reading<T> reading) {
        Form form = form(beginning);
        if (form == null) {
            throw new IllegalArgumentException("the file is not packed");
        }
        String name = form.name().toLowerCase(Locale.ROOT);
        if (form == Form.LZOP) {
            throw new UnreadableCaptureException(
                    name, 0, "the file is packed with lzop, which is not supported: unpack it first");
        }
        try (Expansion expansion = Expansion.of(input, form)) {
            return reading.read(expansion);
        } catch (IOException | ImageFault e) {
            throw new UnreadableCaptureException(
                    name,
                    -1,
                    "the file cannot be unpacked: " + (e.getMessage() == null ? "it ends too soon" : e.getMessage()));
        }
    }
}
