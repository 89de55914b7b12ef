/** Captures: the register list of a host or saved guest, and where it came from. Pure values. */
@NullMarked
package org.migreg.capture;

import org.jspecify.annotations.NullMarked;
