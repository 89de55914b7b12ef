/** Who may do what, over the API and on the pages. */
@NullMarked
package org.migreg.web.security;

import org.jspecify.annotations.NullMarked;
