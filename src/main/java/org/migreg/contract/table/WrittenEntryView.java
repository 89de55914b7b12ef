package org.migreg.contract.table;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import org.migreg.contract.entry.EntryView;
import org.migreg.contract.lint.LintView;

/** An entry that was just added or changed. */
@Schema(name = "WrittenEntry")
public record WrittenEntryView(
        @JsonUnwrapped EntryView entry,

        @Schema(description = "What this does to the findings of lint.")
        LintView.ChangeView lint) {}
