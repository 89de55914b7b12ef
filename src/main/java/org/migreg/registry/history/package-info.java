/**
 * The history of the tables: what revisions changed, what lies between two of them, who set an entry, and how one
 * revision is undone.
 */
@NullMarked
package org.migreg.registry.history;

import org.jspecify.annotations.NullMarked;
