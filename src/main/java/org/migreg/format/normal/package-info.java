/** Text as the program printed it, out of what mail, terminals, web pages and notations made of it: bounded, one pass for each form. */
@NullMarked
package org.migreg.format.normal;

import org.jspecify.annotations.NullMarked;
