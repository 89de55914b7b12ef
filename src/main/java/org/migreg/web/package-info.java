/** What the API and the pages share: headers of writes, negotiation, how JSON is read. */
@NullMarked
package org.migreg.web;

import org.jspecify.annotations.NullMarked;
