/** Backups over HTTP. */
@NullMarked
package org.migreg.api.backup;

import org.jspecify.annotations.NullMarked;
