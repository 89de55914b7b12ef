/**
 * Drift: hosts whose list leaves the baseline of their kernel, and kernels whose captures disagree. Values in, values
 * out; {@link Drift} is the door.
 */
@NullMarked
package org.migreg.question.drift;

import org.jspecify.annotations.NullMarked;
