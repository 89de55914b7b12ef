/** Verdict counts for monitoring systems. */
@NullMarked
package org.migreg.integration.metrics;

import org.jspecify.annotations.NullMarked;
