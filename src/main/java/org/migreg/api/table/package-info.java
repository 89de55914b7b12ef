/** The tables over HTTP: machine types, entries, files of tables and forms for QEMU and libvirt. */
@NullMarked
package org.migreg.api.table;

import org.jspecify.annotations.NullMarked;
