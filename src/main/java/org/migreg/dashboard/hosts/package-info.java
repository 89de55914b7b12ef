/** The fleet: which host has which list, and which leave their kind. */
@NullMarked
package org.migreg.dashboard.hosts;

import org.jspecify.annotations.NullMarked;
