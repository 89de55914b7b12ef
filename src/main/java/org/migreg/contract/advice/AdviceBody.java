package org.migreg.contract.advice;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.CaptureId;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.evaluation.SourceFields;
import org.migreg.contract.json.Required;
import org.migreg.question.fleet.Directions;

/** Which moves shall become possible. */
@Schema(name = "AdviceRequest")
public record AdviceBody(
        @Schema(example = "virt-10.1") @Required("the guests' machine type, such as virt-10.1")
        String machineType,

        @ArraySchema(
                arraySchema =
                        @Schema(
                                nullable = true,
                                description = "Kernel releases (uname -r) of captured hosts; all where left out."))
        @Nullable
        List<String> kernels,

        @Schema(nullable = true, description = "Two captures instead of kernels.") @Nullable
        PairBody pair,

        @JsonUnwrapped FleetFields hosts,

        @Schema(
                nullable = true,
                description =
                        "To newer kernels, to older ones, or both, which goes where left out; of a pair, from source to"
                                + " destination, the way back, or both.")
        @Nullable
        Directions directions,

        @JsonUnwrapped SourceFields sources,

        @Schema(
                nullable = true,
                minimum = "1",
                maximum = "10000",
                description = "How many moves to list of each kind; 500 where left out.")
        @Nullable
        Integer limit) {

    public AdviceBody {
        if (pair != null && kernels != null) {
            throw new InvalidFieldException("pair", null, "give either 'pair' or 'kernels'");
        }
        limit = ImpactBody.limit(limit);
        directions = Objects.requireNonNullElse(directions, Directions.BOTH);
        kernels = kernels == null ? null : List.copyOf(kernels);
    }

    /** Two captures. */
    @Schema(name = "CapturePair")
    public record PairBody(
            @Required("the id of a capture") CaptureId source,
            @Required("the id of a capture") CaptureId destination) {
        public PairBody {
            if (source.equals(destination)) {
                throw new InvalidFieldException(
                        "destination", destination, "this is the source's capture: name another");
            }
        }
    }
}
