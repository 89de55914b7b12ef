package org.migreg.hostkernel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** Cases as semicolon-separated lines of a resource; # starts a comment line. */
final class Cases {

    private Cases() {}

    static List<List<String>> read(String resource) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Cases.class.getResourceAsStream("/hostkernel/" + resource), resource), UTF_8))) {
            List<List<String>> cases = lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> List.of(line.split(";", -1)))
                    .toList();
            if (cases.isEmpty()) {
                throw new IllegalStateException("no cases in " + resource);
            }
            return cases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static KernelRelease release(String release, String packageText) {
        return packageText.isEmpty() ? KernelRelease.parse(release) : KernelRelease.parse(release, packageText);
    }
}
