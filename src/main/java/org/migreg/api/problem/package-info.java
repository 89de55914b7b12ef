/** The catalogue of problems over HTTP. */
@NullMarked
package org.migreg.api.problem;

import org.jspecify.annotations.NullMarked;
