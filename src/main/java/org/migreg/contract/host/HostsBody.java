package org.migreg.contract.host;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.migreg.capture.HostName;
import org.migreg.contract.FieldError;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.json.Required;

/** What many hosts have. */
@Schema(name = "HostsInput")
public record HostsBody(
        @Schema(description = "1 to 100,000 hosts, each once.")
        @Required("the hosts, each with a name and what is said of it")
        List<Item> hosts) {

    static final int MOST_HOSTS = 100_000;
    private static final int MOST_SHOWN = 100;

    public HostsBody {
        if (hosts.isEmpty() || hosts.size() > MOST_HOSTS) {
            throw new InvalidFieldException(
                    "hosts", hosts.size() + " hosts", "a batch has 1 to " + MOST_HOSTS + " hosts: split it");
        }
        Map<HostName, Integer> seen = HashMap.newHashMap(hosts.size());
        List<FieldError> twice = new ArrayList<>();
        for (int i = 0; i < hosts.size() && twice.size() < MOST_SHOWN; i++) {
            HostName name = hosts.get(i).name();
            if (seen.putIfAbsent(name, i) != null) {
                twice.add(new FieldError(
                        "hosts[" + i + "].name",
                        null,
                        name.text(),
                        "the host " + name + " stands in the batch before: name it once"));
            }
        }
        if (!twice.isEmpty()) {
            throw new InvalidFieldException(twice);
        }
        hosts = List.copyOf(hosts);
    }

    /** What one of them has. */
    @Schema(name = "NamedHostInput")
    public record Item(
            @Schema(example = "compute-17.example.org") @Required("the host's name")
            HostName name,

            @JsonUnwrapped HostBody says) {}
}
