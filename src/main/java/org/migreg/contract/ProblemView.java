package org.migreg.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An error as RFC 9457 has it ({@code application/problem+json}).
 *
 * @param field the field, header or parameter that is wrong, as a path such as {@code
 *     source.registers[3]}
 * @param rejectedValue what stood there, shortened
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Problem", description = "An error, as RFC 9457 has it.")
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

        @Schema(description = "The first wrong line of a text, counted from 1.", example = "29") @Nullable
        Integer line,

        @Schema(description = "The place in that line, counted from 1.", example = "7") @Nullable
        Integer column) {

    /** A problem that is in no line of a text. */
    public ProblemView(
            String type,
            String title,
            int status,
            String detail,
            @Nullable String instance,
            @Nullable String field,
            @Nullable String rejectedValue) {
        this(type, title, status, detail, instance, field, rejectedValue, null, null);
    }

    public ProblemView at(int inLine, int inColumn) {
        return new ProblemView(
                type,
                title,
                status,
                detail,
                instance,
                field,
                rejectedValue,
                inLine > 0 ? inLine : null,
                inColumn > 0 ? inColumn : null);
    }
}
