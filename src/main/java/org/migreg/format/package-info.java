/** The list of the formats of captures; each has a package of its own below. */
@NullMarked
package org.migreg.format;

import org.jspecify.annotations.NullMarked;
