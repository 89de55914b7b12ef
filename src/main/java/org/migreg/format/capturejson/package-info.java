/** migreg's own JSON of captures, as the collector prints it. */
@NullMarked
package org.migreg.format.capturejson;

import org.jspecify.annotations.NullMarked;
