package org.migreg.contract.entry;

import static org.migreg.contract.InvalidFieldException.reading;
import static org.migreg.contract.InvalidFieldException.required;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.migreg.hostkernel.KernelRange;
import org.migreg.hostkernel.KernelStream;

/** A range of host kernels. */
@Schema(name = "KernelRange", description = "The hosts where QEMU must set the property.")
public record KernelsBody(
        @Schema(
                description = "upstream, el8, el9, el10, fedora, debian, ubuntu, suse, openeuler, amzn2023, ... or any",
                example = "upstream",
                requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable
        String stream,

        @Schema(
                description = "Constraints in VERS notation, joined by |; * for every release.",
                example = ">=6.16",
                requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable
        String range) {

    public static KernelsBody of(KernelRange kernels) {
        return new KernelsBody(kernels.kernelStream().toString(), kernels.constraints());
    }

    public KernelRange toDomain(String field) {
        String givenStream = required(field + ".stream", stream, "a kernel stream, such as upstream or el9, or any");
        String givenRange = required(field + ".range", range, "constraints such as >=6.16 or >=6.13|<6.20, or *");
        KernelStream kernelStream =
                reading(field + ".stream", givenStream, () -> KernelStream.parseLenient(givenStream));
        return reading(field + ".range", givenRange, () -> KernelRange.parseLenient(kernelStream, givenRange));
    }
}
