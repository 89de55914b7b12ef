package org.migreg.api;

import org.migreg.capture.UnreadableCaptureException;
import org.migreg.register.Text;

/** One of several files is not a capture. */
final class UnreadableFileException extends RuntimeException {

    private static final long serialVersionUID = 1;
    private static final int LONGEST_NAME = 200;

    private final String file;
    private final UnreadableCaptureException problem;

    UnreadableFileException(String file, UnreadableCaptureException problem) {
        super(problem);
        this.file = Text.shortened(file, LONGEST_NAME);
        this.problem = problem;
    }

    String file() {
        return file;
    }

    UnreadableCaptureException problem() {
        return problem;
    }
}
