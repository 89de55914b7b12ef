/** Unpacking that cannot be made to run for ever or to fill the memory. */
@NullMarked
package org.migreg.format.packed;

import org.jspecify.annotations.NullMarked;
