/** JSON of machine types and tables. */
@NullMarked
package org.migreg.contract.table;

import org.jspecify.annotations.NullMarked;
