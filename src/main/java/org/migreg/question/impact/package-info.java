/**
 * What a change of the tables would do: the moves among known hosts whose verdict it changes.
 */
@NullMarked
package org.migreg.question.impact;

import org.jspecify.annotations.NullMarked;
