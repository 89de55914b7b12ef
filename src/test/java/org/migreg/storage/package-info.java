/** Databases and running stores for the tests of stores. */
@NullMarked
package org.migreg.storage;

import org.jspecify.annotations.NullMarked;
