/** The catalogue of problems, and their JSON. */
@NullMarked
package org.migreg.contract.problem;

import org.jspecify.annotations.NullMarked;
