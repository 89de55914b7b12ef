/** The JSON that QEMU's {@code scripts/analyze-migration.py} prints of a migration stream. */
@NullMarked
package org.migreg.format.analyzemigration;

import org.jspecify.annotations.NullMarked;
