/**
 * QEMU's own words: machine types, versions, accelerators and the compat properties that machine
 * types set. Pure values.
 */
@NullMarked
package org.migreg.qemu;

import org.jspecify.annotations.NullMarked;
