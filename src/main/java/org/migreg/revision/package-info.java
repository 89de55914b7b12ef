/**
 * Revisions: who changed the registry, when and why, numbered in one sequence over tables and captures.
 * Stores write through {@link org.migreg.revision.RevisionWriter}, which makes one revision at a time.
 */
@NullMarked
package org.migreg.revision;

import org.jspecify.annotations.NullMarked;
