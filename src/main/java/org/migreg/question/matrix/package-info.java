/**
 * The question for the matrix of kernel pairs.
 */
@NullMarked
package org.migreg.question.matrix;

import org.jspecify.annotations.NullMarked;
