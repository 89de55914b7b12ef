package org.migreg.contract.evaluation;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.migreg.evaluation.Assumption;

/** Something that nobody said and that was taken for granted. */
@Schema(name = "Assumption")
public record AssumptionView(
        @Schema(description = "What was assumed; stable.") Assumption.Code code,

        @Schema(description = "What was assumed, and what would say it.")
        String sentence) {

    /** The words of the contract for a list of them. */
    public static final String LIST =
            "What nobody said and was taken for granted: where one of them does not hold, ask again.";

    public static List<AssumptionView> of(List<Assumption> assumptions) {
        return assumptions.stream()
                .map(assumption -> new AssumptionView(assumption.code(), assumption.sentence()))
                .toList();
    }
}
