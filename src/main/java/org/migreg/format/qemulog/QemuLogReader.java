package org.migreg.format.qemulog;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.migreg.capture.UnreadableCaptureException;
import org.migreg.format.normal.BrokenLines;
import org.migreg.format.normal.PostedText;

/**
 * Reads QEMU's messages and trace events out of a log, whatever stands around them and whatever became of it on the way:
 * {@link org.migreg.format.normal} makes of it what was printed. Lines that say nothing about a load are passed over, so
 * any text is read; it may say nothing.
 */
public final class QemuLogReader {

    /** The name of the format. */
    public static final String FORMAT = "qemu-log";

    /** The longest text that is read, in bytes. */
    public static final int LARGEST = 8 << 20;

    private QemuLogReader() {}

    /**
     * The text of a log, packed or not, in whichever encoding.
     *
     * @throws UnreadableCaptureException when it is longer than {@link #LARGEST}, or cannot be unpacked
     * @throws IOException when the content cannot be read
     */
    public static String text(InputStream content) throws IOException {
        return PostedText.of(content, FORMAT, LARGEST);
    }

    /** The last load that a log shows to have failed; of a log that shows none, what it says. */
    public static LogReading read(byte[] content) {
        if (content.length > LARGEST) {
            throw tooLong();
        }
        return read(new String(content, StandardCharsets.UTF_8));
    }

    /** The last load that a log shows to have failed; of a log that shows none, what it says. */
    public static LogReading read(String text) {
        return loads(text).getLast();
    }

    /**
     * The loads that a log shows to have failed, each for itself, in their order; of a log that shows none, what it says.
     *
     * @throws UnreadableCaptureException when the text is longer than {@link #LARGEST}
     */
    public static List<LogReading> loads(String text) {
        if (text.length() > LARGEST) {
            throw tooLong();
        }
        Loads loads = new Loads();
        int unfinished = BrokenLines.read(text, Wording.MESSAGES, loads::line);
        return loads.readings(unfinished);
    }

    private static UnreadableCaptureException tooLong() {
        return new UnreadableCaptureException(
                FORMAT,
                LARGEST,
                "the log is longer than " + (LARGEST >> 20) + " MiB: give the lines of one failed load");
    }
}
