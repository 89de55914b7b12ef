package org.migreg.capture;

/** Why a file is not a capture: its format as far as recognised, the position, and what would be right. */
public final class UnreadableCaptureException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String format;
    private final long position;

    /**
     * @param format the name of the format that was being read
     * @param position the offset in bytes where it went wrong, or -1 where no one place did
     * @param message a sentence that says what stands there and what would be right
     */
    public UnreadableCaptureException(String format, long position, String message) {
        super(message);
        this.format = format;
        this.position = position;
    }

    public String format() {
        return format;
    }

    public long position() {
        return position;
    }
}
