package org.migreg.contract.evaluation;

import io.swagger.v3.oas.annotations.media.Schema;
import org.migreg.evaluation.Assumption;

/** Something that nobody said and that was taken for granted. */
@Schema(name = "Assumption")
public record AssumptionView(
        @Schema(description = "What was assumed; stable.") Assumption.Code code,

        @Schema(description = "What was assumed, and what would say it.")
        String sentence) {

    static AssumptionView of(Assumption assumption) {
        return new AssumptionView(assumption.code(), assumption.sentence());
    }
}
