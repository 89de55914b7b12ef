/**
 * What clients may take of the service: connections, time, memory. Who lets it wait gives way to the others, and all
 * that is read or held for clients together has a bound that the heap sets.
 */
@NullMarked
package org.migreg.api.limits;

import org.jspecify.annotations.NullMarked;
