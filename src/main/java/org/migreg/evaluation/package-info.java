/**
 * How QEMU and KVM decide whether a register list migrates: load behaviours, value rules, verdicts.
 * Values in, values out; nothing here stores, looks up or prints.
 */
@NullMarked
package org.migreg.evaluation;

import org.jspecify.annotations.NullMarked;
