package org.migreg.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** One processor has one name, whether the collector reads MIDR_EL1 on the host or the service reads it off a file. */
class CollectorModelsTests {

    private static final Pattern ROW = Pattern.compile("\\{0x([0-9a-f]{2}), 0x([0-9a-f]{3}), \"([^\"]+)\"\\},");

    @Test
    void theCollectorAndTheServiceNameTheSameProcessorsAlike() throws IOException {
        Map<String, String> collectors = new TreeMap<>();
        Matcher row = ROW.matcher(Files.readString(Path.of("collector/host.c")));
        while (row.find()) {
            collectors.put("0x" + row.group(1) + ",0x" + row.group(2), row.group(3));
        }
        Map<String, String> services = new TreeMap<>();
        for (String[] fact : FactTable.read("arm64-processors.csv", "implementer,part,name", 3)) {
            if (!fact[1].isEmpty()) {
                long midr = Long.decode(fact[0]) << 24 | Long.decode(fact[1]) << 4;
                services.put(fact[0] + "," + fact[1], new Midr(midr).cpuModel());
            }
        }
        assertThat(collectors).hasSizeGreaterThan(70).isEqualTo(services);
    }
}
