package org.migreg.contract.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.FieldError;
import org.migreg.contract.expectation.ExpectationView;
import org.migreg.contract.history.ConflictView;

/**
 * An error as RFC 9457 has it ({@code application/problem+json}).
 *
 * @param field the field, header or parameter that is wrong, as a path such as {@code
 *     source.registers[3]}
 * @param rejectedValue what stood there, shortened
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "Problem",
        description = "An error, as RFC 9457 has it.",
        requiredProperties = {"type", "title", "status", "detail"})
public record ProblemView(
        @Schema(description = "Stable; /problems/ and the slug.", example = "/problems/invalid-field")
        String type,

        @Schema(example = "A field has a value that is not allowed")
        String title,

        @Schema(example = "400") int status,

        @Schema(description = "What to correct, in one sentence.")
        String detail,

        @Schema(description = "The address of the request.") @Nullable
        String instance,

        @Schema(description = "The field, header or parameter that is wrong.", example = "source.registers[3]")
        @Nullable
        String field,

        @Schema(description = "What stood there, shortened.") @Nullable
        String rejectedValue,

        @Schema(
                description =
                        "With invalid-field: all that is wrong, as far as it can be found at once; field, rejectedValue and detail are those of the first.")
        @Nullable
        List<FieldError> errors,

        @Schema(description = "The first wrong line of a text, counted from 1.", example = "29") @Nullable
        Integer line,

        @Schema(description = "The place in that line, counted from 1.", example = "7") @Nullable
        Integer column,

        @Schema(description = "With conflicting-change: what stands in the way, and who put it there.") @Nullable
        List<ConflictView> conflicts,

        @Schema(description = "With expectation-broken: which, and the moves that would fail.") @Nullable
        List<ExpectationView.OutcomeView> expectations) {

    /** One that is all said by these. */
    public static ProblemView of(
            ProblemType type,
            String detail,
            @Nullable String instance,
            @Nullable String field,
            @Nullable String rejectedValue) {
        return new ProblemView(
                type.uri().toString(),
                type.title(),
                type.status(),
                detail,
                instance,
                field,
                rejectedValue,
                null,
                null,
                null,
                null,
                null);
    }

    /** The same with all that is wrong. */
    public ProblemView withErrors(List<FieldError> these) {
        return with(these, line, column, conflicts, expectations);
    }

    /** The same at a place in a text; 0 where that is not known. */
    public ProblemView at(int inLine, int inColumn) {
        return with(errors, inLine > 0 ? inLine : null, inColumn > 0 ? inColumn : null, conflicts, expectations);
    }

    /** The same with what stands in the way. */
    public ProblemView withConflicts(List<ConflictView> these) {
        return with(errors, line, column, these, expectations);
    }

    /** The same with the expectations that would be broken. */
    public ProblemView withExpectations(List<ExpectationView.OutcomeView> these) {
        return with(errors, line, column, conflicts, these);
    }

    private ProblemView with(
            @Nullable List<FieldError> all,
            @Nullable Integer inLine,
            @Nullable Integer inColumn,
            @Nullable List<ConflictView> inTheWay,
            @Nullable List<ExpectationView.OutcomeView> broken) {
        return new ProblemView(
                type, title, status, detail, instance, field, rejectedValue, all, inLine, inColumn, inTheWay, broken);
    }
}
