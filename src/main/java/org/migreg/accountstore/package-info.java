/**
 * Accounts and their API tokens: records, and no revisions, since they decide no verdict.
 * {@link org.migreg.accountstore.AccountStore} is the door.
 */
@NullMarked
package org.migreg.accountstore;

import org.jspecify.annotations.NullMarked;
