/** What is taken out of a log before it is kept. */
@NullMarked
package org.migreg.question.sample;

import org.jspecify.annotations.NullMarked;
