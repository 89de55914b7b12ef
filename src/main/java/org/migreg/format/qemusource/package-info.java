/** QEMU's C sources: {@code GlobalProperty} arrays and the chain of machine types in {@code hw/arm/virt.c}. */
@NullMarked
package org.migreg.format.qemusource;

import org.jspecify.annotations.NullMarked;
