/**
 * Table files: machine types and their entries as YAML and JSON, described by {@code
 * openapi/table-file.schema.json}.
 */
@NullMarked
package org.migreg.format.tablefile;

import org.jspecify.annotations.NullMarked;
