/** What Firecracker's cpu-template-helper writes: fingerprints and CPU templates. */
@NullMarked
package org.migreg.format.firecracker;

import org.jspecify.annotations.NullMarked;
