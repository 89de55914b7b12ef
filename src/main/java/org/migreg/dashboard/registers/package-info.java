/** Registers: found by name or id, decoded, and what each kernel has in them. */
@NullMarked
package org.migreg.dashboard.registers;

import org.jspecify.annotations.NullMarked;
