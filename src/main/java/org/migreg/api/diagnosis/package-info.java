/** Diagnoses of failed migrations over HTTP. */
@NullMarked
package org.migreg.api.diagnosis;

import org.jspecify.annotations.NullMarked;
