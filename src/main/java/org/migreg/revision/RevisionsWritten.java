package org.migreg.revision;

/**
 * Told to this process, on the thread that wrote, once revisions are on disk and shown.
 *
 * @param last the newest of them
 */
public record RevisionsWritten(long last) {}
