/**
 * The JSON of the API: its records, the catalogue of problems, and the conventions for versions and
 * paging. Turns texts into domain values and back, naming the field that is wrong.
 */
@NullMarked
package org.migreg.contract;

import org.jspecify.annotations.NullMarked;
