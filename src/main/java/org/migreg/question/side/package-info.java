/**
 * The two sides of a move, as a question names them, and how their register lists are found among the captures.
 */
@NullMarked
package org.migreg.question.side;

import org.jspecify.annotations.NullMarked;
