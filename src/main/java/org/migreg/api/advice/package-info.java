/** What changes would cost and what would help: advice, upgrade plans, impact, over HTTP. */
@NullMarked
package org.migreg.api.advice;

import org.jspecify.annotations.NullMarked;
