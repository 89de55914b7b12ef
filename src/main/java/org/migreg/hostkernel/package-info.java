/**
 * Host kernels: which kernel stream a release belongs to, how releases of one stream are ordered, and
 * which releases a range of kernels takes in.
 */
@NullMarked
package org.migreg.hostkernel;

import org.jspecify.annotations.NullMarked;
