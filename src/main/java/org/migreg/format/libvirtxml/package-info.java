/** libvirt's domain XML: compat properties handed to QEMU in {@code <qemu:commandline>}. */
@NullMarked
package org.migreg.format.libvirtxml;

import org.jspecify.annotations.NullMarked;
