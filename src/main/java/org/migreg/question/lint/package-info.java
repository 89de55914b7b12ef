/**
 * What is doubtful about the tables, seen against the captures: findings that say how to fix them. The
 * rules stand in {@link LintRule}.
 */
@NullMarked
package org.migreg.question.lint;

import org.jspecify.annotations.NullMarked;
