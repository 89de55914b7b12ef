/** What orchestrators and people are told of the state of the service. */
@NullMarked
package org.migreg.integration.health;

import org.jspecify.annotations.NullMarked;
