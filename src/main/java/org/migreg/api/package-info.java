/** The REST API under {@code /api/v1}: binds a request, calls, maps the answer. */
@NullMarked
package org.migreg.api;

import org.jspecify.annotations.NullMarked;
