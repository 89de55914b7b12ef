/**
 * The smallest set of compat entries with which guests may move as wanted, what each entry costs the
 * guest, and what no entry can cure. The method stands at {@link Advisor}.
 */
@NullMarked
package org.migreg.question.advice;

import org.jspecify.annotations.NullMarked;
