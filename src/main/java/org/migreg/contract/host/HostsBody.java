package org.migreg.contract.host;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What many hosts have. */
@Schema(name = "HostsInput", requiredProperties = "hosts")
public record HostsBody(
        @Schema(description = "1 to 100,000 hosts, each once.") @Nullable
        List<@Nullable Item> hosts) {

    public static final int MOST_HOSTS = 100_000;

    public HostsBody {
        hosts = hosts == null ? null : Collections.unmodifiableList(new ArrayList<>(hosts));
    }

    /** What one of them has. */
    @Schema(
            name = "NamedHostInput",
            requiredProperties = {"name", "capture"})
    public record Item(
            @Schema(example = "compute-17.example.org") @Nullable
            String name,

            @Schema(
                    description = "The id of a capture that was posted.",
                    pattern = "sha256:[0-9a-f]{64}",
                    example = "sha256:0000000000000000000000000000000000000000000000000000000000000000")
            @Nullable
            String capture) {}
}
