package org.migreg.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.migreg.register.Text;

/**
 * One thing that is wrong with a request.
 *
 * @param field where, as a path for people: {@code source.registers[3]}, or the name of a parameter or header
 * @param pointer where in the body, as a JSON Pointer (RFC 6901); null for what is not in a body of JSON
 * @param rejectedValue what stands there, shortened; null where nothing does
 * @param detail what is wrong and what would be right
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "FieldError",
        requiredProperties = {"field", "detail"})
public record FieldError(
        @Schema(description = "The field, header or parameter that is wrong.", example = "source.registers[3]")
        String field,

        @Schema(
                description = "Where it stands in a body of JSON (RFC 6901); the empty pointer is the whole body.",
                example = "/source/registers/3")
        @Nullable
        String pointer,

        @Schema(description = "What stands there, shortened.") @Nullable
        String rejectedValue,

        @Schema(description = "What is wrong, and what would be right.")
        String detail) {

    private static final int LONGEST_SHOWN = 200;

    public FieldError {
        rejectedValue = rejectedValue == null ? null : Text.shortened(rejectedValue, LONGEST_SHOWN);
    }

    /** The same in a body of JSON. */
    public FieldError inBody() {
        return pointer == null ? new FieldError(field, pointerOf(field), rejectedValue, detail) : this;
    }

    /** The same in a body where this is a part at a place. */
    public FieldError below(String path, String pointerThere) {
        String name =
                field.isEmpty() ? path : path.isEmpty() || field.startsWith("[") ? path + field : path + "." + field;
        String within = pointer == null ? pointerOf(field) : pointer;
        return new FieldError(name.isEmpty() ? "body" : name, pointerThere + within, rejectedValue, detail);
    }

    private static String pointerOf(String field) {
        return field.isEmpty() || field.equals("body")
                ? ""
                : "/" + field.replace("[", "/").replace("]", "").replace('.', '/');
    }
}
