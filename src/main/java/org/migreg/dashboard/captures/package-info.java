/** Register lists of hosts: found, uploaded, opened, and compared. */
@NullMarked
package org.migreg.dashboard.captures;

import org.jspecify.annotations.NullMarked;
