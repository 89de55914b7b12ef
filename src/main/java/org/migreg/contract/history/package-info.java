/** JSON of revisions and of what each changed. */
@NullMarked
package org.migreg.contract.history;

import org.jspecify.annotations.NullMarked;
