/** What all operations have in common: what they say of themselves, and that they take nothing else. */
@NullMarked
package org.migreg.api.operation;

import org.jspecify.annotations.NullMarked;
