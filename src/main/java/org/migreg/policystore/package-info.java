/**
 * The compat tables of every revision: the newest held compiled in memory, all of them in the database.
 * {@link org.migreg.policystore.PolicyStore} is the door.
 */
@NullMarked
package org.migreg.policystore;

import org.jspecify.annotations.NullMarked;
