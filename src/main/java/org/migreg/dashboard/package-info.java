/**
 * Pages for people: which kernels can exchange guests, why not, and what to do about it. A peer of the
 * API, not its client; rendered on the server, usable without scripts.
 */
@NullMarked
package org.migreg.dashboard;

import org.jspecify.annotations.NullMarked;
