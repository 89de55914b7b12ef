/** Accounts and their tokens, in JSON. */
@NullMarked
package org.migreg.contract.account;

import org.jspecify.annotations.NullMarked;
