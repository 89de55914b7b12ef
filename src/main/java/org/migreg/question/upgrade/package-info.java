/**
 * Whether a fleet can be brought from kernel to kernel, host by host, with every guest moved live, and
 * brought back; and if not, what makes it so.
 */
@NullMarked
package org.migreg.question.upgrade;

import org.jspecify.annotations.NullMarked;
