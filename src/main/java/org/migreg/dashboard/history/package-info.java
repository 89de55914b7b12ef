/** Who changed what, when and why, as pages; and the way back. */
@NullMarked
package org.migreg.dashboard.history;

import org.jspecify.annotations.NullMarked;
