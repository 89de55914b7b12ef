/** Accounts, their tokens, and who one is, over HTTP. */
@NullMarked
package org.migreg.api.account;

import org.jspecify.annotations.NullMarked;
