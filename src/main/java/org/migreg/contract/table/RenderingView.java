package org.migreg.contract.table;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.migreg.contract.KernelView;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.policy.exchange.Rendering;

/** A machine type's tables in one of QEMU's own forms. */
@Schema(name = "Rendering")
public record RenderingView(
        @Schema(example = "virt-10.1") String machineType,
        @Schema(example = "qemu-source") String form,
        @Schema(example = "merged") String scope,

        @Schema(description = "The document.") String text,

        @Schema(description = "Where the text says something else than the tables say of each kernel by itself.")
        List<String> warnings,

        @Schema(description = "What the tables say and the form cannot.")
        List<String> notCarried,

        @Schema(
                description =
                        "Which kernels were considered: those given, those of all captured hosts, or, where nothing is"
                                + " captured, none: then every entry is in the text.")
        KernelChoice kernelsFrom,

        @Schema(description = "The kernels considered.") List<KernelView> kernels,

        @Schema(description = "The revision of the tables.") long policyRevision) {

    /** Where the kernels come from. */
    @Schema(name = "KernelChoice")
    public enum KernelChoice {
        GIVEN,
        CAPTURED_HOSTS,
        NONE
    }

    public static RenderingView of(
            String machineType,
            String form,
            String scope,
            Rendering rendering,
            KernelChoice kernelsFrom,
            List<KernelRelease> kernels,
            long policyRevision) {
        return new RenderingView(
                machineType,
                form,
                scope,
                rendering.text(),
                rendering.warnings(),
                rendering.notCarried(),
                kernelsFrom,
                kernels.stream().map(KernelView::of).toList(),
                policyRevision);
    }
}
