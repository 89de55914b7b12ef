package org.migreg.format.reading;

import java.util.List;
import org.migreg.capture.CaptureReading;
import org.migreg.capture.UnreadableCaptureException;

/** What a file holds. */
public sealed interface FileContent {

    /**
     * Register lists of hosts or guests, at least one.
     *
     * @param format the name of the format that they were read as
     */
    record Captures(String format, List<CaptureReading> readings) implements FileContent {
        public Captures {
            readings = List.copyOf(readings);
        }

        public Captures(String format, CaptureReading only) {
            this(format, List.of(only));
        }
    }

    /** What QEMU or libvirt printed of a migration. It names registers, but is no host's list. */
    record Log(String format, String text) implements FileContent {}

    /**
     * The captures in the file.
     *
     * @throws UnreadableCaptureException when it is a log
     */
    default Captures captures() {
        return switch (this) {
            case Captures captures -> captures;
            case Log log ->
                throw new UnreadableCaptureException(
                        log.format(),
                        -1,
                        "this is what QEMU printed of a migration, which names the registers that did not fit and no"
                                + " host's list: post it under /api/v1/diagnoses");
        };
    }
}
