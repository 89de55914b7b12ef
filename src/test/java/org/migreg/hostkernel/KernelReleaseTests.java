package org.migreg.hostkernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelReleaseTests {

    @TestFactory
    Stream<DynamicTest> realReleasesAreAttributedToTheirStream() {
        return Cases.read("releases.csv").stream()
                .map(fields -> dynamicTest(String.join(" ", fields), () -> {
                    KernelRelease release = Cases.release(fields.get(0), fields.get(1));
                    assertThat(release.kernelStream()).hasToString(fields.get(2));
                    assertThat(release.base()).hasToString(fields.get(3));
                    assertThat(release.packageVersion()).isEqualTo(fields.get(4).isEmpty() ? null : fields.get(4));
                    assertThat(KernelRelease.parse(release.toString()))
                            .isEqualTo(release)
                            .hasSameHashCodeAs(release)
                            .hasToString(release.toString());
                    assertThat(UpstreamVersion.parse(fields.get(3))).isEqualTo(release.base());
                }));
    }

    @TestFactory
    Stream<DynamicTest> releasesOfOneStreamAreOrderedAsItsPackageToolOrdersThem() {
        return Cases.read("order.csv").stream()
                .map(groups -> dynamicTest(groups.getFirst(), () -> {
                    List<KernelRelease> releases = new ArrayList<>();
                    List<Integer> ranks = new ArrayList<>();
                    for (int rank = 0; rank < groups.size(); rank++) {
                        for (String text : groups.get(rank).split("=", -1)) {
                            releases.add(KernelRelease.parse(text));
                            ranks.add(rank);
                        }
                    }
                    for (int i = 0; i < releases.size(); i++) {
                        for (int j = 0; j < releases.size(); j++) {
                            assertThat(Integer.signum(releases.get(i).compareWithin(releases.get(j))))
                                    .as("%s against %s", releases.get(i), releases.get(j))
                                    .isEqualTo(Integer.signum(ranks.get(i).compareTo(ranks.get(j))));
                        }
                    }
                }));
    }

    @Test
    void debianAbiNumberLeavesThePatchLevelOpenUntilThePackageIsGiven() {
        assertThat(KernelRelease.parse("6.1.0-50-arm64").patchLevelKnown()).isFalse();
        assertThat(KernelRelease.parse("6.1.0-50-arm64", "Debian linux 6.1.176-1")
                        .patchLevelKnown())
                .isTrue();
    }

    @Test
    void releaseAndPackageAreShownTogetherOnlyWhereThePackageAddsSomething() {
        assertThat(KernelRelease.parse("6.1.0-50-arm64", "Debian linux 6.1.176-1"))
                .hasToString("6.1.0-50-arm64 (6.1.176-1)");
        assertThat(KernelRelease.parse("5.14.0-503.el9.aarch64", "kernel-5.14.0-503.el9.aarch64"))
                .hasToString("5.14.0-503.el9.aarch64");
        assertThat(KernelRelease.parse("6.8.0-45-generic", "Ubuntu 6.8.0-45.45-generic 6.8.12"))
                .hasToString("6.8.0-45-generic (Ubuntu 6.8.0-45.45-generic 6.8.12)");
        assertThat(KernelRelease.parse("v6.16")).hasToString("6.16").isEqualTo(KernelRelease.parse("6.16"));
    }

    @Test
    void packageOfAnUnattributedKernelIsNotUsed() {
        assertThat(KernelRelease.parse("6.8.12-4-pve", "proxmox-kernel 6.8.12-4")
                        .packageVersion())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "5.14.0-503.el9.aarch64,4.18.0-553.el8_10.aarch64",
        "6.12.107+deb13-arm64,6.12.107",
        "6.18.44-fc-v657,6.18.44-fc-v657"
    })
    void releasesWithoutCommonOrderAreNotCompared(String one, String other) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KernelRelease.parse(one).compareWithin(KernelRelease.parse(other)))
                .withMessageContaining("no common order");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'';is empty",
                "6;position 0",
                "abc;position 0",
                "6.x;position 2",
                "6.12.x;position 4",
                "6.12abc;position 4",
                "6.12-;position 4",
                "06.1;without leading zeros",
                "vv6.1;position 0",
                "'6.1 ';position 3: ' '",
                "' 6.1';position 0",
                "6.1/2;position 3: '/'",
                "6.1.0-50-arm64 ();position 14",
                "99999999999.1;without leading zeros",
                "6.1234567890;without leading zeros"
            })
    void malformedReleaseIsRefusedWithItsPosition(String text, String told) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KernelRelease.parse(text))
                .withMessageContaining(told)
                .withMessageContaining("right would be");
    }

    @Test
    void releaseLongerThanUnameCanPrintIsRefused() {
        assertThat(KernelRelease.parse("6.1-" + "x".repeat(60)).kernelStream()).isEqualTo(KernelStream.OTHER);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KernelRelease.parse("6.1-" + "x".repeat(61)))
                .withMessageContaining("at most 64");
    }

    @Test
    void controlCharactersAreShownEscaped() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KernelRelease.parse("6.1\n"))
                .withMessageContaining("\\u000a")
                .withMessageNotContaining("\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "6.1.0-50-arm64;5.10.1-1;right would be a version 6.1",
                "6.1.0-50-arm64;6.1.0-50;another kernel",
                "6.12.107+deb13-arm64;6.12.106-1;right would be a version 6.12.107-1",
                "6.12.107+deb13-arm64;linux;right would be Debian linux 6.1.176-1",
                "6.12.107+deb13-arm64;6.12.12345678901-1;too many digits",
                "6.8.0-45-generic;6.8.0-46.46;starts with 6.8.0-45.",
                "6.8.0-45-generic;Ubuntu 6.8.0-45.45-generic 6.9.1;6.8.<patch level>",
                "5.14.0-503.el9.aarch64;kernel-5.14.0-504.el9.aarch64;right would be version 5.14.0-503.el9",
                "6.4.0-150600.23.25-default;kernel-default-6.4.0-150600.23.26.1;another kernel",
                "6.16.3;'evil\u0007';position 4"
            })
    void packageOfAnotherKernelIsRefused(String release, String packageText, String told) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KernelRelease.parse(release, packageText))
                .withMessageContaining(told);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"upstream", "el7", "el8", "el10", "fedora", "debian", "ubuntu", "suse", "openeuler", "amzn2"})
    void streamsAreKnownByTheirCanonicalNames(String id) {
        assertThat(KernelStream.parse(id)).hasToString(id);
        assertThat(KernelStream.parseLenient(" " + id.toUpperCase(java.util.Locale.ROOT)))
                .isEqualTo(KernelStream.parse(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "EL9", "el", "el0", "el123", "rhel9", "amzn", "Debian", "debian "})
    void unknownStreamIsRefusedWithTheKnownOnes(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KernelStream.parse(id))
                .withMessageContaining("use upstream");
    }

    @ParameterizedTest
    @CsvSource({
        "upstream,FOLLOWED",
        "fedora,FOLLOWED",
        "debian,FOLLOWED",
        "ubuntu,FOLLOWED",
        "amzn2,FOLLOWED",
        "amzn2023,FOLLOWED",
        "el8,OWN",
        "el10,OWN",
        "suse,OWN",
        "openeuler,OWN",
        "other,UNKNOWN"
    })
    void streamsSayWhetherTheirNumbersAreUpstreams(String id, UpstreamNumbering numbering) {
        assertThat(KernelStream.parse(id).upstreamNumbering()).isEqualTo(numbering);
    }
}
