/**
 * Stored expectations, and whether tables meet them.
 */
@NullMarked
package org.migreg.question.expectation;

import org.jspecify.annotations.NullMarked;
