/**
 * Drafts: named changes of the tables that are being prepared. {@link org.migreg.draftstore.DraftStore} is the door.
 */
@NullMarked
package org.migreg.draftstore;

import org.jspecify.annotations.NullMarked;
