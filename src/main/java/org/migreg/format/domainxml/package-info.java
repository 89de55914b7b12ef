/** A libvirt domain's XML, for the formats that have one in them. */
@NullMarked
package org.migreg.format.domainxml;

import org.jspecify.annotations.NullMarked;
