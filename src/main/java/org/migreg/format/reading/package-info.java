/** What the formats of captures have in common: a file, how it is recognised, and what it holds. */
@NullMarked
package org.migreg.format.reading;

import org.jspecify.annotations.NullMarked;
