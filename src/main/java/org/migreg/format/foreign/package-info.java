/** What is taken for a register list of an arm64 host under QEMU and is none. */
@NullMarked
package org.migreg.format.foreign;

import org.jspecify.annotations.NullMarked;
