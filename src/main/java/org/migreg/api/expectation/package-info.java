/** Expectations over HTTP. */
@NullMarked
package org.migreg.api.expectation;

import org.jspecify.annotations.NullMarked;
