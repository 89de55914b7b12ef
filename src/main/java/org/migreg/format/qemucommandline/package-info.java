/** QEMU's command line: compat properties after {@code -global} and {@code -cpu}. */
@NullMarked
package org.migreg.format.qemucommandline;

import org.jspecify.annotations.NullMarked;
