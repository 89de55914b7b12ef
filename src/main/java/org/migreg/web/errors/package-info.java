/** Where exceptions meet HTTP. */
@NullMarked
package org.migreg.web.errors;

import org.jspecify.annotations.NullMarked;
