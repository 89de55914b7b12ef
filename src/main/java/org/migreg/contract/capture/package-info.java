/** JSON of captures. */
@NullMarked
package org.migreg.contract.capture;

import org.jspecify.annotations.NullMarked;
