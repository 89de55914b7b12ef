/**
 * What is doubtful about the tables, seen against the captures: findings that say how to mend them. The
 * rules stand in {@link org.migreg.check.lint.LintRule}.
 */
@NullMarked
package org.migreg.check.lint;

import org.jspecify.annotations.NullMarked;
