/** JSON of hosts. */
@NullMarked
package org.migreg.contract.host;

import org.jspecify.annotations.NullMarked;
