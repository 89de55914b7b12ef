/** Who may do what: reading on loopback is free, all else needs the administrator's token. */
@NullMarked
package org.migreg.api.security;

import org.jspecify.annotations.NullMarked;
