/**
 * What the file formats share: the syntax of QEMU's property values and of the arguments that set
 * them, and the results of reading and rendering. Pure values.
 */
@NullMarked
package org.migreg.policy.exchange;

import org.jspecify.annotations.NullMarked;
