/** Evaluations over HTTP: one, a batch, a saved guest, all pairs of kernels. */
@NullMarked
package org.migreg.api.evaluation;

import org.jspecify.annotations.NullMarked;
