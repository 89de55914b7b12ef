/** The rules of the house, and planted code that breaks them. */
@NullMarked
package org.migreg.architecture;

import org.jspecify.annotations.NullMarked;
