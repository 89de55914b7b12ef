/** Captures over HTTP. */
@NullMarked
package org.migreg.api.capture;

import org.jspecify.annotations.NullMarked;
