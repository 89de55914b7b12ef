package org.migreg.capture;

/**
 * A capture that is taken in.
 *
 * @param format the name of the format that it was read as
 * @param reading with what was not taken of the caller's word among its remarks
 */
public record ReadCapture(String format, CaptureReading reading, Capture capture) {}
