/**
 * Logs that were not understood and that somebody agreed to keep, for whoever teaches the reader: records, and no
 * revisions. {@link org.migreg.samplestore.SampleStore} is the door.
 */
@NullMarked
package org.migreg.samplestore;

import org.jspecify.annotations.NullMarked;
