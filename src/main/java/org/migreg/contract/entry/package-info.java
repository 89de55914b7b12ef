/** JSON of entries, as they are written and as they are read. */
@NullMarked
package org.migreg.contract.entry;

import org.jspecify.annotations.NullMarked;
