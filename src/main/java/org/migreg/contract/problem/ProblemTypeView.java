package org.migreg.contract.problem;

import io.swagger.v3.oas.annotations.media.Schema;

/** A type of problem, as its address tells it. */
@Schema(name = "ProblemType")
public record ProblemTypeView(
        @Schema(example = "/problems/stale-version") String type,

        @Schema(example = "Somebody changed it in the meantime")
        String title,

        @Schema(example = "412") int status) {

    public static ProblemTypeView of(ProblemType type) {
        return new ProblemTypeView(type.uri().toString(), type.title(), type.status());
    }
}
