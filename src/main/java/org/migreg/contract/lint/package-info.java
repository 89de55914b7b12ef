/** JSON of lint findings. */
@NullMarked
package org.migreg.contract.lint;

import org.jspecify.annotations.NullMarked;
