package org.migreg.capture;

import org.jspecify.annotations.Nullable;
import org.migreg.register.Text;

/** Why a file is not a capture: its format as far as recognised, the position, and what would be right. */
public final class UnreadableCaptureException extends RuntimeException {

    private static final long serialVersionUID = 1;
    private static final int LONGEST_NAME = 200;

    private final String format;
    private final long position;
    private final @Nullable String file;

    /**
     * @param format the name of the format that was being read
     * @param position the offset in bytes where it went wrong, or -1 where no one place did
     * @param message a sentence that says what stands there and what would be right
     */
    public UnreadableCaptureException(String format, long position, String message) {
        super(message);
        this.format = format;
        this.position = position;
        this.file = null;
    }

    private UnreadableCaptureException(UnreadableCaptureException problem, String file) {
        super(problem.getMessage(), problem);
        this.format = problem.format;
        this.position = problem.position;
        this.file = Text.shortened(file, LONGEST_NAME);
    }

    /** The same of one among several files. */
    public UnreadableCaptureException in(String name) {
        return new UnreadableCaptureException(this, name);
    }

    public String format() {
        return format;
    }

    public long position() {
        return position;
    }

    /** The file's name; null where there is only one. */
    public @Nullable String file() {
        return file;
    }
}
