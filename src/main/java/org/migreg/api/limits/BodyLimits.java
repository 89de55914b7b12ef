package org.migreg.api.limits;

import java.nio.ByteBuffer;
import java.util.Set;
import org.migreg.capture.ReadingMemory;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/** How large the body of a request may be, and what it takes in memory, by its address. */
@Component
final class BodyLimits {

    private static final Set<String> TABLES = Set.of("/api/v1/tables/apply");
    private static final Set<String> FLEETS = Set.of("/api/v1/impact", "/api/v1/hosts/batch");
    private static final Set<String> TEXTS = Set.of("/api/v1/tables/import", "/api/v1/diagnoses", "/diagnose");
    private static final Set<String> QUESTIONS = Set.of("/api/v1/evaluations/batch", "/api/v1/drafts");

    private static final DataSize OF_STRANGERS = DataSize.ofKilobytes(64);

    /** What becomes of a body in memory. */
    enum Content {
        /** A file, read as it comes: its beginning is there before work on it begins. */
        FILE,
        /** Values of JSON, or the fields of a form. */
        VALUES,
        /** A text, whose readers say themselves what they make of it. */
        TEXT;

        /** A byte of a text: itself, decoded, and in a page that shows it again. */
        private static final int TIMES = 6;

        long memory(ByteBuffer bytes) {
            int length = bytes.remaining();
            return switch (this) {
                case FILE -> length;
                case VALUES -> ReadingMemory.toParse(bytes.array(), bytes.arrayOffset() + bytes.position(), length);
                case TEXT -> (long) TIMES * length;
            };
        }
    }

    /**
     * A bound.
     *
     * @param exceeded what to say to whoever exceeds it
     */
    record Limit(long bytes, String exceeded, Content content) {}

    private final Limit file = new Limit(Long.MAX_VALUE, "", Content.FILE);
    private final Limit table;
    private final Limit fleet;
    private final Limit text;
    private final Limit questions;
    private final Limit little;
    private final Limit ofStrangers;

    BodyLimits(BodySettings settings) {
        DataSize largest = settings.largestBody();
        String ofTables = "split the request, or raise migreg.largest-table";
        this.table = limit(settings.largestTable(), Content.TEXT, ofTables);
        this.fleet = limit(settings.largestTable(), Content.VALUES, ofTables);
        String ofBodies = "split the request, or raise migreg.largest-body";
        this.text = limit(largest, Content.TEXT, ofBodies);
        this.questions = limit(largest, Content.VALUES, ofBodies);
        this.little = limit(
                DataSize.ofBytes(largest.toBytes() / 2),
                Content.VALUES,
                "what is sent here has at most half of migreg.largest-body");
        this.ofStrangers = limit(OF_STRANGERS, Content.VALUES, "sign in first");
    }

    private static Limit limit(DataSize size, Content content, String advice) {
        return new Limit(size.toBytes(), "the body is larger than " + size.toKilobytes() + " KiB: " + advice, content);
    }

    /** Of a request whose sender may make it. */
    Limit of(String path) {
        if (isUnder("/api/v1/captures", path) || isUnder("/api/v1/saved-guests", path) || isUnder("/captures", path)) {
            return file;
        }
        if (TABLES.contains(path)) {
            return table;
        }
        if (FLEETS.contains(path)) {
            return fleet;
        }
        if (TEXTS.contains(path)) {
            return text;
        }
        return QUESTIONS.stream().anyMatch(resource -> isUnder(resource, path)) ? questions : little;
    }

    private static boolean isUnder(String resource, String path) {
        return path.equals(resource) || path.startsWith(resource + "/");
    }

    /** Of the form of somebody who is not signed in. */
    Limit ofStrangers() {
        return ofStrangers;
    }
}
