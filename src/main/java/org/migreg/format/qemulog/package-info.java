/** What QEMU and libvirt print when a load fails: every wording of QEMU 7.2 to 11.1 and of builds with the x-mig series. */
@NullMarked
package org.migreg.format.qemulog;

import org.jspecify.annotations.NullMarked;
