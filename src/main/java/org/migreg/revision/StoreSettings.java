package org.migreg.revision;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How the database is used.
 *
 * @param leastFreeSpace with less free space than this where H2 keeps its file, nothing is written
 */
@ConfigurationProperties("migreg.store")
record StoreSettings(@DefaultValue("10MB") DataSize leastFreeSpace) {}
