/** libvirt's save images: what {@code virsh save} and managed save write. */
@NullMarked
package org.migreg.format.libvirtsave;

import org.jspecify.annotations.NullMarked;
