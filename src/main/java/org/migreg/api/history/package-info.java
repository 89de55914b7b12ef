/** Revisions over HTTP: feeds, what each changed, tables of the past. */
@NullMarked
package org.migreg.api.history;

import org.jspecify.annotations.NullMarked;
