package org.migreg.contract.json;

import static org.migreg.contract.InvalidFieldException.reading;

import io.swagger.v3.oas.annotations.media.Schema;
import org.migreg.hostkernel.KernelRange;
import org.migreg.hostkernel.KernelStream;

/** A range of host kernels, as JSON has it. */
@Schema(name = "KernelRange", description = "A range of host kernels.")
public record KernelRangeFields(
        @Schema(
                description = "upstream, el8, el9, el10, fedora, debian, ubuntu, suse, openeuler, amzn2023, ... or any",
                example = "upstream")
        @Required("a kernel stream, such as upstream or el9, or any")
        KernelStream stream,

        @Schema(description = "Constraints in VERS notation, joined by |; * for every release.", example = ">=6.16")
        @Required("constraints such as >=6.16 or >=6.13|<6.20, or *")
        String range) {

    static KernelRangeFields of(KernelRange kernels) {
        return new KernelRangeFields(kernels.kernelStream(), kernels.constraints());
    }

    KernelRange toDomain() {
        return reading("range", range, () -> KernelRange.parseLenient(stream, range));
    }
}
