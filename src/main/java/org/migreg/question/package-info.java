/**
 * All that one may ask with values in hand: pure, without a store.
 */
@NullMarked
package org.migreg.question;

import org.jspecify.annotations.NullMarked;
