/** Logs that were not understood and were kept, over HTTP. */
@NullMarked
package org.migreg.api.sample;

import org.jspecify.annotations.NullMarked;
