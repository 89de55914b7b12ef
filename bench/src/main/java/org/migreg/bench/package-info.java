/** Benchmarks: speed as ratios within one run, never as a test. */
@NullMarked
package org.migreg.bench;

import org.jspecify.annotations.NullMarked;
