package org.migreg.samplestore;

/** As many samples are kept as may be. */
public final class SamplesFullException extends RuntimeException {

    private static final long serialVersionUID = 1;

    SamplesFullException() {
        super(SampleStore.MOST + " unread samples are kept, and no more are: an administrator has to delete some");
    }
}
