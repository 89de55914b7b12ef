package org.migreg.format.reading;

import java.io.IOException;
import org.migreg.capture.UnreadableCaptureException;

/** A form in which captures come, or a log that is mistaken for one. Stateless. */
public interface CaptureFormat {

    /** Its name in answers and errors, such as {@code qemu-migration-stream}. */
    String name();

    /** What people call such files, for a list of them: {@code QEMU migration streams}. */
    String files();

    /** Whether a file is of this format, well-formed or not. */
    boolean recognises(Head head) throws IOException;

    /** Whether it has no mark of its own and takes what every other format leaves. */
    default boolean takesTheRest() {
        return false;
    }

    /**
     * Reads a file that is recognised.
     *
     * @throws UnreadableCaptureException when it is not what the format asks for
     * @throws IOException when the file cannot be read at all
     */
    FileContent read(Input file) throws IOException;
}
