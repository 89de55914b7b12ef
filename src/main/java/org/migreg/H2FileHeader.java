package org.migreg;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an H2 file that was closed in good order says of its newest part. H2 itself, where it does not find that part,
 * goes on with an older one, or with an empty database, and says nothing.
 *
 * @param chunk the newest part's number, in the file's spelling
 * @param begin where it begins, in bytes
 * @param blockSize the unit of its length, in bytes
 */
record H2FileHeader(String chunk, long begin, int blockSize) {

    /** The file begins with its header and a copy of it. */
    private static final int COPY = 4096;

    private static final int LONGEST_CHUNK_HEADER = 1024;
    private static final int HEXADECIMAL = 16;

    /**
     * The header; empty where there is none to rely on: the database was not closed, for then H2 finds the newest part
     * by itself, one of the copies is damaged, or it is a format not known here.
     */
    static Optional<H2FileHeader> read(Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            String first = line(file, 0, COPY);
            if (first == null || !first.equals(line(file, COPY, COPY))) {
                return Optional.empty();
            }
            Map<String, String> fields = fields(first);
            String chunk = fields.get("chunk");
            Long block = number(fields.get("block"));
            Long blockSize = number(fields.get("blockSize"));
            boolean known = "2".equals(fields.get("H")) && "3".equals(fields.get("format"));
            if (!known || !"1".equals(fields.get("clean")) || chunk == null || block == null || blockSize == null) {
                return Optional.empty();
            }
            return Optional.of(new H2FileHeader(chunk, block * blockSize, Math.toIntExact(blockSize)));
        }
    }

    /** Whether the newest part lies in the file, from its beginning to its end. */
    boolean newestPartIsIn(Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            String line = line(file, begin, LONGEST_CHUNK_HEADER);
            if (line == null) {
                return false;
            }
            Map<String, String> fields = fields(line);
            Long blocks = number(fields.get("len"));
            return chunk.equals(fields.get("chunk")) && blocks != null && begin + blocks * blockSize <= file.length();
        }
    }

    private static @Nullable String line(RandomAccessFile file, long from, int longest) throws IOException {
        if (from >= file.length()) {
            return null;
        }
        byte[] bytes = new byte[(int) Math.min(longest, file.length() - from)];
        file.seek(from);
        file.readFully(bytes);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\n');
        return end < 0 ? null : text.substring(0, end);
    }

    private static Map<String, String> fields(String line) {
        Map<String, String> fields = new HashMap<>();
        for (String field : line.split(",", -1)) {
            int colon = field.indexOf(':');
            if (colon > 0) {
                fields.put(field.substring(0, colon), field.substring(colon + 1));
            }
        }
        return fields;
    }

    private static @Nullable Long number(@Nullable String text) {
        try {
            return text == null ? null : Long.valueOf(text, HEXADECIMAL);
        } catch (NumberFormatException damaged) {
            return null;
        }
    }
}
