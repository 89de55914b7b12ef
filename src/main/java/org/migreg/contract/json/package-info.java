/** How Jackson reads and writes domain values: request bodies are records of these, and all that is wrong with one is said at once. */
@NullMarked
package org.migreg.contract.json;

import org.jspecify.annotations.NullMarked;
