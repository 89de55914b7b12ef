/**
 * The tables as pages: machine types with what they inherit, entries edited with their effect beside the
 * form, and what QEMU takes, ready to copy.
 */
@NullMarked
package org.migreg.dashboard.tables;

import org.jspecify.annotations.NullMarked;
