/**
 * How plans and differences become edits under the versions that their editor saw.
 */
@NullMarked
package org.migreg.question.publication;

import org.jspecify.annotations.NullMarked;
