/** JSON of diagnoses. */
@NullMarked
package org.migreg.contract.diagnosis;

import org.jspecify.annotations.NullMarked;
