package org.migreg.api.limits;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How large bodies may be. Captures and saved guests are files and are read as they come: their readers bound them.
 *
 * @param largestBody of a draft, a batch, a log; what is small by nature has at most half of it
 * @param largestTable of a table file, proposed edits, a batch of hosts
 */
@ConfigurationProperties("migreg")
record BodySettings(
        @DefaultValue("4MB") DataSize largestBody,
        @DefaultValue("64MB") DataSize largestTable) {}
