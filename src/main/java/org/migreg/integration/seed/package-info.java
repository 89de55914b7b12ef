/** Fills an empty database with the starting data of {@code db/seed}. */
@NullMarked
package org.migreg.integration.seed;

import org.jspecify.annotations.NullMarked;
