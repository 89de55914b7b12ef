/** Lint of the tables over HTTP. */
@NullMarked
package org.migreg.api.lint;

import org.jspecify.annotations.NullMarked;
