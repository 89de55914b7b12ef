package org.migreg.contract.account;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whom the credential of a request stands for. */
@Schema(name = "Caller")
public record CallerView(
        @Schema(example = "nova-scheduler") String name,
        @Schema(description = "By name.") List<String> roles,

        @Schema(description = "What it may do; docs/access.md says which operation needs which.")
        List<String> permissions,

        @Schema(
                nullable = true,
                description = "The machine types that it may write; null for all.",
                example = "virt-rhel*")
        @Nullable
        String machineTypes,

        @Schema(nullable = true, description = "The hosts of which it may record something; null for all.") @Nullable
        String hosts,

        @Schema(description = "Whether it is believed when it names another author.")
        boolean speaksForOthers) {

    public CallerView {
        roles = List.copyOf(roles);
        permissions = List.copyOf(permissions);
    }
}
