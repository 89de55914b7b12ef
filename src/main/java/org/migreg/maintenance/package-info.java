/** Keeps the database safe: backup, restore, and the move from H2 to PostgreSQL. Knows tables, not what they mean. */
@NullMarked
package org.migreg.maintenance;

import org.jspecify.annotations.NullMarked;
