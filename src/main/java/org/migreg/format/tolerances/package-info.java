/** Calls that compile a policy into QEMU 11.1 and its backports as register tolerances. */
@NullMarked
package org.migreg.format.tolerances;

import org.jspecify.annotations.NullMarked;
