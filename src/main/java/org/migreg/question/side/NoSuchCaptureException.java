package org.migreg.question.side;

import org.migreg.capture.CaptureId;

/** A request names a capture that does not exist. */
public final class NoSuchCaptureException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String id;

    public NoSuchCaptureException(CaptureId id) {
        super("no capture " + id + " is known: post it first, or list those that are under /api/v1/captures");
        this.id = id.text();
    }

    public String id() {
        return id;
    }
}
