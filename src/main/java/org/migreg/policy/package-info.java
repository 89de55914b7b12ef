/**
 * The compat tables: entries that set {@code x-mig-hidden-regs} and {@code x-mig-safe-missing-regs}
 * per machine type and host kernel, and their merge over inherited machine types. Pure values.
 */
@NullMarked
package org.migreg.policy;

import org.jspecify.annotations.NullMarked;
