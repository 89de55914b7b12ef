/**
 * What needs both the compat tables and the captures: the pre-migration check and the matrix of
 * kernel pairs. Works on what the stores hold in memory and never touches the database.
 */
@NullMarked
package org.migreg.registry;

import org.jspecify.annotations.NullMarked;
