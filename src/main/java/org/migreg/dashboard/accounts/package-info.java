/** Accounts and their tokens, for administrators. */
@NullMarked
package org.migreg.dashboard.accounts;

import org.jspecify.annotations.NullMarked;
