/** Tests of the reader of libvirt's save images, on images of a real libvirt. */
@NullMarked
package org.migreg.format.libvirtsave;

import org.jspecify.annotations.NullMarked;
