package org.migreg.contract.evaluation;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.entry.EntryView;
import org.migreg.evaluation.Finding;
import org.migreg.evaluation.FindingKind;
import org.migreg.evaluation.Severity;
import org.migreg.register.RegisterValue;

/** One reason of a verdict. */
@Schema(name = "Finding")
public record FindingView(
        FindingKind kind,
        Severity severity,

        @Schema(nullable = true, example = "0x603000000013c103") @Nullable
        String register,

        @Schema(nullable = true, example = "TCR2_EL1") @Nullable
        String registerName,

        @Schema(nullable = true, description = "The entry that explains it.") @Nullable
        EntryView entry,

        @Schema(nullable = true, description = "The value rule that decided.", example = "V1") @Nullable
        String rule,

        @Schema(nullable = true, description = "The incoming value, where it matters.", example = "0x10003") @Nullable
        String sourceValue,

        @Schema(nullable = true, description = "The destination's own value, where it matters.", example = "0x10001")
        @Nullable
        String destinationValue,

        @Schema(description = "One sentence for a person.") String sentence) {

    public static FindingView of(Finding finding) {
        var register = finding.register();
        return new FindingView(
                finding.kind(),
                finding.severity(),
                register == null ? null : register.toString(),
                register == null ? null : register.name(),
                EntryView.ofNullable(finding.entry()),
                finding.rule() == null ? null : finding.rule().toString(),
                RegisterValue.text(finding.sourceValue()),
                RegisterValue.text(finding.destinationValue()),
                finding.sentence());
    }
}
