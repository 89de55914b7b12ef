/**
 * Which capture each host has, and which it had before: the present held in memory, all of it in the database.
 * {@link org.migreg.hoststore.HostStore} is the door.
 */
@NullMarked
package org.migreg.hoststore;

import org.jspecify.annotations.NullMarked;
