package org.migreg.hoststore;

/**
 * What came of giving a host a capture.
 *
 * @param host as it is now
 * @param created whether it was not there before
 * @param changed whether anything changed; without a change there is no revision
 */
public record HostWrite(StoredHost host, boolean created, boolean changed) {}
