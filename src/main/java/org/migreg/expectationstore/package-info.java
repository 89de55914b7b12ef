/**
 * Expectations, the tests of the tables: the present held in memory, all of it in the database.
 * {@link org.migreg.expectationstore.ExpectationStore} is the door.
 */
@NullMarked
package org.migreg.expectationstore;

import org.jspecify.annotations.NullMarked;
