package org.migreg.contract.evaluation;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the QEMU of sources does with what it sends: a field of bodies, and a parameter. */
public record SourceFields(
        @Parameter(description = SourceFields.PROPERTIES)
        @Schema(nullable = true, description = SourceFields.PROPERTIES)
        @Nullable
        Boolean sourceXMigProperties) {

    static final String PROPERTIES = "Whether the sources' QEMU carries the properties; true where left out.";

    /** Whether it carries the properties. */
    public boolean carryProperties() {
        return !Objects.equals(sourceXMigProperties, false);
    }
}
