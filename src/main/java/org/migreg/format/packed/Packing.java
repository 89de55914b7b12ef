package org.migreg.format.packed;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A program that packs whole files, of those that libvirt knows. */
public enum Packing {
    GZIP("1f8b08"),
    BZIP2("425a68"),
    XZ("fd377a585a00"),
    ZSTD("28b52ffd"),
    /** Recognised to be refused, as those below it: no kept library reads it. */
    LZOP("894c5a4f"),
    LZ4("04224d18"),
    /** Also a spreadsheet or a document. */
    ZIP("504b0304"),
    SEVEN_ZIP("377abcaf271c");

    /** What files begin with, in hex. Source: RFC 1952, RFC 8878, and the formats' own descriptions. */
    private final String signature;

    Packing(String signature) {
        this.signature = signature;
    }

    /** How a file that begins so is packed; null where it is not. */
    public static @Nullable Packing of(byte[] beginning) {
        String start = HexFormat.of().formatHex(Arrays.copyOf(beginning, 6));
        return Arrays.stream(values())
                .filter(packing -> start.startsWith(packing.signature))
                .findFirst()
                .orElse(null);
    }

    /** Those that can be unpacked, for people. */
    public static String names() {
        return Arrays.stream(values())
                .filter(packing -> packing.compareTo(LZOP) < 0)
                .map(Packing::toString)
                .collect(Collectors.joining(", "));
    }

    /**
     * What is packed in a stream. The stream stays open.
     *
     * @return a stream that throws {@link CannotUnpackException}, and the given one's own errors as they are
     * @throws CannotUnpackException when it does not even begin as it should, or is packed with one that is refused
     * @throws IOException when the given stream fails
     */
    public InputStream unpack(InputStream packed) throws IOException {
        return Expansion.of(packed, this);
    }

    /** The program's name. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace("seven_", "7-");
    }
}
