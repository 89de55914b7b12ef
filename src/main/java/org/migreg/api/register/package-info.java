/** Registers by name or ID over HTTP. */
@NullMarked
package org.migreg.api.register;

import org.jspecify.annotations.NullMarked;
