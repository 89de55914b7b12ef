/**
 * What the questions about many hosts have in common: a host with its capture, the pairs among which
 * guests may move, and the evaluation of one pair under one table.
 */
@NullMarked
package org.migreg.question.fleet;

import org.jspecify.annotations.NullMarked;
