/**
 * Register IDs of KVM's ONE_REG interface, their names and encodings, and the register lists that
 * QEMU migrates. Pure values: nothing here knows of policies, kernels or storage.
 */
@NullMarked
package org.migreg.register;

import org.jspecify.annotations.NullMarked;
