package org.migreg.policy;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What two versions of one entry can differ in, in the order in which people read it. Its text is what comparisons, the
 * history and pages show.
 */
public enum EntryField {
    PROPERTY("property", EntryContent::property),
    REGISTER("register", EntryContent::register),
    KERNELS("kernels", EntryContent::kernels),
    CONDITION("condition", EntryContent::condition),
    RATIONALE("rationale", EntryContent::rationale),
    REFERENCES("references", content -> String.join("\n", content.references()));

    private final String fieldName;
    private final Function<EntryContent, @Nullable Object> value;

    EntryField(String fieldName, Function<EntryContent, @Nullable Object> value) {
        this.fieldName = fieldName;
        this.value = value;
    }

    /** What the content says here; empty where it says nothing. */
    public String text(EntryContent content) {
        return Objects.toString(value.apply(content), "");
    }

    /** The field's name in files and in the API. */
    @Override
    public String toString() {
        return fieldName;
    }
}
