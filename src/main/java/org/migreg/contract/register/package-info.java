/** JSON of registers. */
@NullMarked
package org.migreg.contract.register;

import org.jspecify.annotations.NullMarked;
