/**
 * Captured register lists: all of them held in memory, and in the database with the revision that added them.
 * {@link org.migreg.capturestore.CaptureStore} is the door.
 */
@NullMarked
package org.migreg.capturestore;

import org.jspecify.annotations.NullMarked;
