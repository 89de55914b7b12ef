/**
 * Drift: hosts whose list leaves the baseline of their kernel, and kernels whose captures disagree. Values in, values
 * out; {@link org.migreg.check.drift.Drift} is the door.
 */
@NullMarked
package org.migreg.check.drift;

import org.jspecify.annotations.NullMarked;
