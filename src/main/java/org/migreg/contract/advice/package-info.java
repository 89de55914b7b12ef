/** JSON of advice, upgrade plans and impact. */
@NullMarked
package org.migreg.contract.advice;

import org.jspecify.annotations.NullMarked;
