/** The service as a whole: the one place that starts it. */
@NullMarked
package org.migreg;

import org.jspecify.annotations.NullMarked;
