package org.migreg.hostkernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.migreg.property.Generator;
import org.migreg.property.Property;

class HostKernelPropertyTests {

    private static final List<String> FRAGMENTS = List.of(
            "6",
            "6.1",
            "6.12",
            ".",
            "-",
            "+",
            "~",
            "0",
            "50",
            "107",
            "rc3",
            "-rc3",
            "-arm64",
            "+deb13",
            "-generic",
            ".el9",
            ".el9_5",
            ".fc41",
            ".amzn2023",
            ".aarch64",
            "-default",
            "-45",
            "99999999999",
            " (",
            ")",
            "#1 Debian ",
            "^",
            "_",
            ">=",
            "<",
            "!=",
            "=",
            "|",
            "*",
            "/",
            "upstream",
            "el9",
            "debian",
            "v",
            "é",
            "\u0000",
            " ");

    private static final List<KernelRelease> HOSTS = Stream.of(
                    "6.1.0-50-arm64",
                    "6.12.107+deb13-arm64 (6.12.107-1)",
                    "6.8.0-45-generic",
                    "6.4.0-150600.23.25-default",
                    "5.14.0-503.el9.aarch64",
                    "6.16-rc3",
                    "6.18.44-fc-v657")
            .map(KernelRelease::parse)
            .toList();

    private static final Generator<Integer> NUMBER = Generator.integers(0, 12);

    private static Generator<String> nearlyWellFormed() {
        return Generator.joinedFrom(FRAGMENTS, 12);
    }

    private static Generator<List<KernelRelease>> threeOfOneStream() {
        return Generator.oneOf(enterprise(), debian(), upstream());
    }

    private static Generator<List<KernelRelease>> enterprise() {
        Generator<String> tail = Generator.of(".el9", ".el9_5", ".1.el9_5", ".14.1.el9_5", "~rc1.el9", "^git1.el9");
        Generator<KernelRelease> release = given -> KernelRelease.parse(
                "5.14." + given.any(NUMBER) + "-" + given.any(NUMBER) + given.any(tail) + ".aarch64");
        return release.list(3, 3);
    }

    private static Generator<List<KernelRelease>> debian() {
        Generator<String> revision = Generator.of("-1", "-2", "-1~bpo12+1", "-1+deb12u1", "-10");
        Generator<KernelRelease> release = given -> {
            int minor = given.any(NUMBER);
            return KernelRelease.parse(
                    "6." + minor + ".0-50-arm64", "6." + minor + "." + (given.any(NUMBER) + 1) + given.any(revision));
        };
        return release.list(3, 3);
    }

    private static Generator<List<KernelRelease>> upstream() {
        Generator<String> candidate = Generator.of("", "-rc1", "-rc2", "-rc10");
        Generator<KernelRelease> release =
                given -> KernelRelease.parse("6." + given.any(NUMBER) + "." + given.any(NUMBER) + given.any(candidate));
        return release.list(3, 3);
    }

    @Test
    void onlyIllegalArgumentExceptionLeavesTheParsers() {
        Property.holds(1000, given -> {
            String text = given.any(Generator.texts(0, 100));
            String other = given.any(Generator.texts(0, 100));
            refusesProperly(text, other);
        });
    }

    @Test
    void onlyIllegalArgumentExceptionLeavesTheParsersForNearMisses() {
        Property.holds(3000, given -> {
            String text = given.any(nearlyWellFormed());
            String other = given.any(nearlyWellFormed());
            refusesProperly("6.1" + text, other);
            refusesProperly(text, other);
        });
    }

    @Test
    void orderWithinAStreamIsTotal() {
        Property.holds(1000, given -> {
            List<KernelRelease> three = given.any(threeOfOneStream());
            KernelRelease a = three.get(0);
            KernelRelease b = three.get(1);
            KernelRelease c = three.get(2);
            assertThat(a.compareWithin(a)).isZero();
            assertThat(Integer.signum(a.compareWithin(b))).isEqualTo(-Integer.signum(b.compareWithin(a)));
            if (a.compareWithin(b) <= 0 && b.compareWithin(c) <= 0) {
                assertThat(a.compareWithin(c)).isNotPositive();
            }
            if (a.compareWithin(b) == 0) {
                assertThat(Integer.signum(a.compareWithin(c))).isEqualTo(Integer.signum(b.compareWithin(c)));
            }
        });
    }

    @Test
    void boundsAtFullPrecisionAgreeWithTheOrder() {
        Property.holds(1000, given -> {
            List<KernelRelease> three = given.any(threeOfOneStream());
            KernelRelease release = three.get(0);
            KernelRelease bound = three.get(1);
            String version = bound.packageVersion() == null ? bound.text() : bound.packageVersion();
            int order = release.compareWithin(bound);
            assertMatch(release, ">=" + version, order >= 0);
            assertMatch(release, ">" + version, order > 0);
            assertMatch(release, "<=" + version, order <= 0);
            assertMatch(release, "<" + version, order < 0);
            assertMatch(release, "=" + version, order == 0);
            assertMatch(release, "!=" + version, order != 0);
        });
    }

    @Test
    void rangeAndItsComplementSplitTheReleases() {
        Property.holds(1000, given -> {
            List<KernelRelease> three = given.any(threeOfOneStream());
            KernelRelease low = three.get(0);
            KernelRelease high = three.get(1);
            given.assume(low.compareWithin(high) < 0);
            String from = low.packageVersion() == null ? low.text() : low.packageVersion();
            String to = high.packageVersion() == null ? high.text() : high.packageVersion();
            KernelRelease release = three.get(2);
            boolean between = release.compareWithin(low) >= 0 && release.compareWithin(high) < 0;
            assertMatch(release, ">=" + from + "|<" + to, between);
            assertMatch(release, "<" + from + "|>=" + to, !between);
        });
    }

    @Test
    void whatIsUndecidedWithoutThePackageIsAllThatThePackageCanChange() {
        Property.holds(1000, given -> {
            List<KernelRelease> three = given.any(debian());
            KernelRelease known = three.get(0);
            KernelRelease unknown = KernelRelease.parse(known.text());
            String bound = three.get(1).packageVersion() + "";
            for (KernelRange range : List.of(
                    KernelRange.parse(KernelStream.DEBIAN, ">=" + bound),
                    KernelRange.parse(KernelStream.UPSTREAM, ">=" + three.get(1).base()))) {
                switch (range.match(unknown)) {
                    case RangeMatch.Matches matches ->
                        assertThat(range.match(known)).isInstanceOf(RangeMatch.Matches.class);
                    case RangeMatch.DoesNotMatch doesNot ->
                        assertThat(range.match(known)).isInstanceOf(RangeMatch.DoesNotMatch.class);
                    case RangeMatch.Undecided undecided ->
                        assertThat(unknown.base().series())
                                .isEqualTo(three.get(1).base().series());
                }
            }
        });
    }

    private static void assertMatch(KernelRelease release, String constraints, boolean expected) {
        RangeMatch match =
                KernelRange.parse(release.kernelStream(), constraints).match(release);
        assertThat(match).isInstanceOf(expected ? RangeMatch.Matches.class : RangeMatch.DoesNotMatch.class);
    }

    private static void refusesProperly(String text, String other) {
        for (KernelRelease release : Stream.concat(
                        accepted(() -> KernelRelease.parse(text)), accepted(() -> KernelRelease.parse(text, other)))
                .toList()) {
            assertThat(KernelRelease.parse(release.toString())).isEqualTo(release);
        }
        for (KernelStream kernelStream : List.of(
                KernelStream.UPSTREAM,
                KernelStream.DEBIAN,
                KernelStream.UBUNTU,
                KernelStream.SUSE,
                KernelStream.parse("el9"))) {
            for (KernelRange range : Stream.concat(
                            accepted(() -> KernelRange.parse(kernelStream, text)),
                            accepted(() -> KernelRange.parseLenient(kernelStream, text)))
                    .toList()) {
                assertThat(KernelRange.parse(range.toString())).isEqualTo(range);
                for (KernelRelease release : HOSTS) {
                    assertThat(range.match(release).reason()).isNotBlank();
                }
            }
        }
        accepted(() -> KernelRange.parse(text))
                .forEach(
                        range -> assertThat(KernelRange.parse(range.toString())).isEqualTo(range));
        accepted(() -> KernelStream.parseLenient(text))
                .forEach(kernelStream ->
                        assertThat(KernelStream.parse(kernelStream.toString())).isEqualTo(kernelStream));
        accepted(() -> UpstreamVersion.parse(text))
                .forEach(upstream -> assertThat(upstream).hasToString(text));
    }

    private static <T> Stream<T> accepted(Supplier<T> parser) {
        try {
            return Stream.of(parser.get());
        } catch (IllegalArgumentException refused) {
            assertThat(refused).message().isNotBlank();
            return Stream.empty();
        }
    }
}
