/** A verdict small enough for other people's pages. */
@NullMarked
package org.migreg.dashboard.badge;

import org.jspecify.annotations.NullMarked;
