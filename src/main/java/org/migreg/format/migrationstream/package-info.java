/** QEMU's migration stream: what {@code migrate file:} and {@code migrate exec:cat} write. */
@NullMarked
package org.migreg.format.migrationstream;

import org.jspecify.annotations.NullMarked;
