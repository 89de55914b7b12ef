/** JSON of drafts. */
@NullMarked
package org.migreg.contract.draft;

import org.jspecify.annotations.NullMarked;
