/** What a failed load's log means, and which entry would cure it: values in, values out. */
@NullMarked
package org.migreg.question.diagnosis;

import org.jspecify.annotations.NullMarked;
