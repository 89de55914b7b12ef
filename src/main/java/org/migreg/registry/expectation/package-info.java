/**
 * Tests of the tables: moves that must be possible, checked against every known host.
 */
@NullMarked
package org.migreg.registry.expectation;

import org.jspecify.annotations.NullMarked;
