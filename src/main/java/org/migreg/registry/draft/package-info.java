/**
 * Drafts at work: what one would do, carried over to newer tables, published.
 */
@NullMarked
package org.migreg.registry.draft;

import org.jspecify.annotations.NullMarked;
