/** Drafts of changes, and the expectations that changes are held against, as pages. */
@NullMarked
package org.migreg.dashboard.drafts;

import org.jspecify.annotations.NullMarked;
