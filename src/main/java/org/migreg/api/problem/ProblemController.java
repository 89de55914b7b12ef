package org.migreg.api.problem;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.problem.ProblemType;
import org.migreg.contract.problem.ProblemTypeView;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Problems", description = "The catalogue of problems: what a problem's type points to.")
class ProblemController {

    @GetMapping("/problems/{slug}")
    @Operation(operationId = "getProblemType", summary = "What a type of problem means")
    ProblemTypeView get(@Parameter(example = "stale-version") @PathVariable String slug) {
        for (ProblemType type : ProblemType.values()) {
            if (type.slug().equals(slug)) {
                return ProblemTypeView.of(type);
            }
        }
        throw new InvalidFieldException(
                "slug", slug, "there is no such type of problem; docs/errors.md lists them all");
    }
}
