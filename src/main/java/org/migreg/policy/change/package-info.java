/**
 * Changes of the tables: their steps, the comparison of two tables, plans made from a table file, and the merge of a change
 * into newer tables.
 */
@NullMarked
package org.migreg.policy.change;

import org.jspecify.annotations.NullMarked;
