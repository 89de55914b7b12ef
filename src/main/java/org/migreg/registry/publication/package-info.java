/**
 * Changes of the tables on their way into the store: as edits, under the versions that their author saw.
 */
@NullMarked
package org.migreg.registry.publication;

import org.jspecify.annotations.NullMarked;
