/** JSON of backups. */
@NullMarked
package org.migreg.contract.backup;

import org.jspecify.annotations.NullMarked;
