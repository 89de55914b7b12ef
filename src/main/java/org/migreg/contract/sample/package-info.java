/** Logs that were not understood and were kept, in JSON. */
@NullMarked
package org.migreg.contract.sample;

import org.jspecify.annotations.NullMarked;
