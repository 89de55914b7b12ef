package org.migreg.maintenance;

/**
 * A backup that was made, and opened once to see that it is one.
 *
 * @param file where it is, on the machine of the service
 * @param revision the newest in it; 0 where there is none
 * @param bytes its size
 */
public record Backup(String file, long revision, long bytes) {}
