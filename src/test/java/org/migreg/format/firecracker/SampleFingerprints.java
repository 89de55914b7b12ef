package org.migreg.format.firecracker;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** The hosts in {@code src/test/resources/firecracker}, as Firecracker's cpu-template-helper writes fingerprints. */
public final class SampleFingerprints {

    public static final List<String> HOSTS = List.of("neoverse-n1-linux6.18", "neoverse-v1-linux5.10");

    private SampleFingerprints() {}

    /** The lines of a host's file after the first two: id and value of a register. */
    static List<String> registers(String host) throws IOException {
        return lines(host).subList(2, lines(host).size());
    }

    public static byte[] fingerprint(String host) throws IOException {
        List<String> lines = lines(host);
        return """
                {
                  "firecracker_version": "%s",
                  "kernel_version": "%s",
                  "microcode_version": "0x00000000000000ff",
                  "bios_version": "1.0",
                  "bios_revision": "1.0",
                  "guest_cpu_config": {
                    "kvm_capabilities": [],
                    "vcpu_features": [],
                    "reg_modifiers": [
                %s
                    ]
                  }
                }
                """.formatted(
                        after("firecracker ", lines.get(0)),
                        after("kernel ", lines.get(1)),
                        registers(host).stream()
                                .map(SampleFingerprints::modifier)
                                .collect(Collectors.joining(",\n")))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String modifier(String register) {
        String[] idAndValue = register.split(" ", 2);
        String bits = new BigInteger(after("0x", idAndValue[1]), 16).toString(2);
        return "{\"addr\": \"%s\", \"bitmap\": \"0b%s%s\"}"
                .formatted(idAndValue[0], "0".repeat(128 - bits.length()), bits);
    }

    private static String after(String prefix, String text) {
        if (!text.startsWith(prefix)) {
            throw new IllegalArgumentException("'" + text + "' does not begin with '" + prefix + "'");
        }
        return text.substring(prefix.length());
    }

    private static List<String> lines(String host) throws IOException {
        String name = "/firecracker/" + host + ".txt";
        try (InputStream file = Objects.requireNonNull(SampleFingerprints.class.getResourceAsStream(name), name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}
