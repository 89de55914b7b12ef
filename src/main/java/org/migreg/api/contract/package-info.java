/** The contract as OpenAPI: what springdoc finds, and what it cannot know of. */
@NullMarked
package org.migreg.api.contract;

import org.jspecify.annotations.NullMarked;
