/** Who may do what: roles, permissions, and the text of tokens. Values only. */
@NullMarked
package org.migreg.access;

import org.jspecify.annotations.NullMarked;
