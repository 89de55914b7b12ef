/** JSON of evaluations: their two sides, findings and verdicts. */
@NullMarked
package org.migreg.contract.evaluation;

import org.jspecify.annotations.NullMarked;
