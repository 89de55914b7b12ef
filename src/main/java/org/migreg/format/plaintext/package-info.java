/** Plain text: one register ID a line, or any text in which register IDs stand, with or without values. */
@NullMarked
package org.migreg.format.plaintext;

import org.jspecify.annotations.NullMarked;
