/**
 * What all JSON of the API shares: versions, paging, kernels; a package below for each resource. Turns texts into domain values and back, naming the field that is wrong.
 */
@NullMarked
package org.migreg.contract;

import org.jspecify.annotations.NullMarked;
