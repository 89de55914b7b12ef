package org.migreg.contract;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;

/** An entry that was just added or changed. */
@Schema(name = "WrittenEntry")
public record WrittenEntryView(
        @JsonUnwrapped EntryView entry,

        @Schema(description = "What this does to the findings of lint.")
        LintView.ChangeView lint) {}
