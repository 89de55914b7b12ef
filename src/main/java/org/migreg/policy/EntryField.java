package org.migreg.policy;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What two versions of one entry can differ in, in the order in which people read it. Its text is what comparisons, the
 * history and pages show.
 */
public enum EntryField {
    PROPERTY("property"),
    REGISTER("register"),
    KERNELS("kernels"),
    CONDITION("condition"),
    RATIONALE("rationale"),
    REFERENCES("references");

    private final String fieldName;

    EntryField(String fieldName) {
        this.fieldName = fieldName;
    }

    /** What the content says here; empty where it says nothing. */
    public String text(EntryContent content) {
        return Objects.toString(value(content), "");
    }

    private @Nullable Object value(EntryContent content) {
        return switch (this) {
            case PROPERTY -> content.property();
            case REGISTER -> content.register();
            case KERNELS -> content.kernels();
            case CONDITION -> content.condition();
            case RATIONALE -> content.rationale();
            case REFERENCES -> String.join("\n", content.references());
        };
    }

    /** The field's name in files and in the API. */
    @Override
    public String toString() {
        return fieldName;
    }
}
