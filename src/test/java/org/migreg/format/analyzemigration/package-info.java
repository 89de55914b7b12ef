/** Tests of the reader of analyze-migration.py's output, on what the script printed. */
@NullMarked
package org.migreg.format.analyzemigration;

import org.jspecify.annotations.NullMarked;
