/** JSON of expectations and of how they turn out. */
@NullMarked
package org.migreg.contract.expectation;

import org.jspecify.annotations.NullMarked;
