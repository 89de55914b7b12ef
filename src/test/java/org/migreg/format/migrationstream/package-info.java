/** Tests of the reader of migration streams, on streams of real QEMUs. */
@NullMarked
package org.migreg.format.migrationstream;

import org.jspecify.annotations.NullMarked;
