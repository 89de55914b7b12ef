package org.migreg.hoststore;

import org.jspecify.annotations.Nullable;

/**
 * What came of giving captures to many hosts.
 *
 * @param revision the one that did it; null where nothing changed
 * @param created how many hosts were not there before
 * @param changed how many had another capture before
 * @param unchanged how many had theirs already
 */
public record HostsWrite(@Nullable Long revision, int created, int changed, int unchanged) {}
