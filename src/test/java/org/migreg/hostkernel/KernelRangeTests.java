package org.migreg.hostkernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelRangeTests {

    @TestFactory
    Stream<DynamicTest> rangeTakesInTheKernelsItNamesAndSaysWhatItCannotKnow() {
        return Cases.read("matches.csv").stream()
                .map(fields -> dynamicTest(String.join(" ", fields), () -> {
                    RangeMatch match =
                            KernelRange.parse(fields.get(2)).match(Cases.release(fields.get(0), fields.get(1)));
                    String outcome = switch (match) {
                        case RangeMatch.Matches matches -> "yes";
                        case RangeMatch.DoesNotMatch doesNot -> "no";
                        case RangeMatch.Undecided undecided -> "undecided";
                    };
                    assertThat(outcome).as(match.reason()).isEqualTo(fields.get(3));
                    assertThat(match.reason()).endsWith(".");
                }));
    }

    @Test
    void undecidedMatchNamesTheBoundAndWhatWouldDecideIt() {
        assertThat(KernelRange.parse("upstream/>=6.1.84|<6.2").match(KernelRelease.parse("6.1.0-50-arm64")))
                .isEqualTo(new RangeMatch.Undecided(
                        "Kernel 6.1.0-50-arm64 does not say its patch level in the series 6.1, and"
                                + " the bound >=6.1.84 falls inside that series: give the package version."));
    }

    @Test
    void hostWithoutKnownKernelMatchesOnlyTheRangeOfEveryHost() {
        assertThat(KernelRange.any().match(null)).isInstanceOf(RangeMatch.Matches.class);
        assertThat(KernelRange.parse("upstream/*").match(null)).isInstanceOf(RangeMatch.Undecided.class);
        assertThat(KernelRange.any()).hasToString("any/*").isEqualTo(KernelRange.parse("any/*"));
    }

    @ParameterizedTest
    @CsvSource({
        "upstream,>=6.13.0|<6.20.0,>=6.13|<6.20",
        "upstream,6.16.3,=6.16.3",
        "upstream,>=6.16.0-rc3,>=6.16-rc3",
        "el9,>=5.14.0-503.el9.aarch64|<5.14.0-570,>=5.14.0-503.el9|<5.14.0-570",
        "el9,>=5.14,>=5.14.0",
        "debian,>=6.1.0|<6.12.107+deb13-arm64,>=6.1|<6.12.107",
        "ubuntu,>=6.8.0-45-generic,>=6.8.0-45",
        "suse,>=6.4.0-150600.23.25-default,>=6.4.0-150600.23.25",
        "other,*,*"
    })
    void constraintsAreWrittenInOneForm(String id, String constraints, String canonical) {
        KernelRange range = KernelRange.parse(KernelStream.parse(id), constraints);
        assertThat(range.constraints()).isEqualTo(canonical);
        assertThat(KernelRange.parse(range.toString())).isEqualTo(range).hasSameHashCodeAs(range);
    }

    @Test
    void lenientDoorSortsAndCleans() {
        assertThat(KernelRange.parseLenient(KernelStream.UPSTREAM, "| < v6.20 | >= v6.13|>=6.13.0|")
                        .constraints())
                .isEqualTo(">=6.13|<6.20");
        assertThat(KernelRange.parseLenient(KernelStream.UPSTREAM, ">=6.13, <6.20")
                        .constraints())
                .isEqualTo(">=6.13|<6.20");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "upstream;>=6.13,<6.20;right would be >=6.13|<6.20",
                "upstream;'';is empty",
                "upstream;>=6.13|;position 7",
                "upstream;>=6.13 |<6.20;position 4",
                "upstream;>=6.13|*;stands alone",
                "upstream;*|*;stands alone",
                "upstream;=>6.13;position 0",
                "upstream;>=6;no upstream release",
                "upstream;>=6.13-50-arm64;no upstream release",
                "upstream;>=6.1%2E3;percent-encoding",
                "upstream;<6.20|>=6.13;out of order",
                "upstream;>=6.20|<6.13;out of order",
                "upstream;>6.13|<6.13;twice",
                "upstream;>=6.13|!=6.13.0;twice",
                "upstream;>=6.13|>=6.20;must alternate",
                "upstream;<6.13|<6.20;must alternate",
                "upstream;=6.13|<6.20;must alternate",
                "el9;>=5.14.0-503|<5.14.0-503.el9;twice",
                "el9;>=4.18.0-553.el8_10;belongs to stream el8",
                "el9;>=5.14.0-503.el9uek;dist tag",
                "el9;>=1:5.14.0-503;position 1",
                "debian;>=6.1.0-50;ABI number",
                "debian;>=6.1.0-50-arm64;ABI number",
                "debian;>=6.1.176-1|<6.1.1234567890-1;position 12",
                "any;>=6.13;no order",
                "other;>=6.13;no order"
            })
    void malformedOrContradictoryConstraintsAreRefused(String id, String constraints, String told) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KernelRange.parse(KernelStream.parse(id), constraints))
                .withMessageContaining(told);
    }

    @Test
    void rangeTextIsBounded() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KernelRange.parse(KernelStream.UPSTREAM, ">=6." + "1".repeat(2000)))
                .withMessageContaining("at most 1024");
        StringBuilder many = new StringBuilder("=6.1");
        for (int i = 2; i <= 65; i++) {
            many.append("|=6.").append(i);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KernelRange.parse(KernelStream.UPSTREAM, many.toString()))
                .withMessageContaining("1 to 64");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KernelRange.parse(">=6.13"))
                .withMessageContaining("upstream/");
    }
}
