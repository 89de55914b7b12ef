/** Drafts over HTTP. */
@NullMarked
package org.migreg.api.draft;

import org.jspecify.annotations.NullMarked;
