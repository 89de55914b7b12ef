/** What the log of a failed migration means, for a person. */
@NullMarked
package org.migreg.dashboard.diagnosis;

import org.jspecify.annotations.NullMarked;
