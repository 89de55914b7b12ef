/** Takes captures in: recognises a file's format by its content, reads it, and adds what the format lacks. */
@NullMarked
package org.migreg.question.intake;

import org.jspecify.annotations.NullMarked;
