/** The matrix of host kernels, one of its cells opened, and both as pictures and tables. */
@NullMarked
package org.migreg.dashboard.matrix;

import org.jspecify.annotations.NullMarked;
