/** Hosts over HTTP, and where they drift apart. */
@NullMarked
package org.migreg.api.host;

import org.jspecify.annotations.NullMarked;
