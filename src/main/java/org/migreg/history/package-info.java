/**
 * What a revision is and what one changed, as values: who, when, why, before and after.
 */
@NullMarked
package org.migreg.history;

import org.jspecify.annotations.NullMarked;
