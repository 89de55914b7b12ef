package org.migreg.policy.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.migreg.policy.ProposedTables;
import org.migreg.policy.exchange.PropertyValue.MalformedValueException;
import org.migreg.property.Generator;
import org.migreg.property.Property;
import org.migreg.register.RegisterId;

class PropertyValueTests {

    /** What a build of QEMU with the properties was seen to accept. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "0x603000000013c103|0x603000000013c103",
                "0X603000000013C103|0x603000000013c103",
                "6931039826524487939|0x603000000013c103",
                "0600600000000004740403|0x603000000013c103",
                "0xa,0xb|0x000000000000000a,0x000000000000000b",
                "0xb, 0xa|0x000000000000000a,0x000000000000000b",
                "0xa,|0x000000000000000a",
                "0xa-0xc|0x000000000000000a,0x000000000000000b,0x000000000000000c",
                "0xa-0xa|0x000000000000000a",
                "10-0xb|0x000000000000000a,0x000000000000000b",
                "0xa,0xa,10|0x000000000000000a",
                "0|0x0000000000000000",
                "0xffffffffffffffff|0xffffffffffffffff",
                "``|``",
            })
    void whatQemuAcceptsIsRead(String text, String canonical) {
        assertThat(PropertyValue.parse(text)).hasToString(canonical);
    }

    /** What it was seen to refuse. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "0xa |3|a blank at the end of the value is refused by QEMU: leave it out",
                "0xa, |4|a blank at the end of the value is refused by QEMU: leave it out",
                "0xa,,0xb|4|a number is missing before ',': write one comma between numbers (',,' belongs to -global's long form)",
                ",|0|a number is missing before ',': write one comma between numbers (',,' belongs to -global's long form)",
                "0xa;0xb|3|';' does not separate numbers: write a comma",
                "0xa 0xb|3|a blank does not separate numbers: write a comma, which a blank may follow",
                "603000000013c103|12|'603000000013c103' is hexadecimal without 0x, which QEMU refuses: write 0x603000000013c103",
                "c103|0|'c103' is not a number: write numbers with commas between them, hexadecimal ones with 0x, such as 0x603000000013c103, 0x603000000013c512",
                "018|2|'018' is octal by its leading 0, but has other digits than 0 to 7, which QEMU refuses: write 0x018",
                "0x|1|'0x' is not a number: write numbers with commas between them, such as 0x603000000013c103, 0x603000000013c512",
                "0x10000000000000000|0|'0x10000000000000000' has more than 64 bits: write a register ID such as 0x603000000013c103",
                "0xc-0xa|0|the range descends: write 0xa-0xc",
                "0xa-|4|a number is missing: write one such as 0x603000000013c103",
                "-5|0|a register ID has no sign: write 0x603000000013c103, 0x603000000013c512",
            })
    void whatQemuRefusesIsRefused(String text, int position, String problem) {
        MalformedValueException refused =
                catchThrowableOfType(MalformedValueException.class, () -> PropertyValue.parse(text));
        assertThat(refused.problem()).isEqualTo(problem);
        assertThat(refused.position()).isEqualTo(position);
    }

    @Test
    void aRangeHas65536ValuesAtMost() {
        assertThat(PropertyValue.parse("0x6030000000130000-0x603000000013ffff").registers())
                .hasSize(65_536);
        assertThat(catchThrowableOfType(
                                MalformedValueException.class,
                                () -> PropertyValue.parse("0x6030000000130000-0x6030000000140000"))
                        .problem())
                .isEqualTo("the range has more than 65,536 values, which QEMU refuses: split it");
    }

    @Test
    void aRangeMayEndAtTheGreatestNumber() {
        assertThat(PropertyValue.parse("0xfffffffffffffffe-0xffffffffffffffff").registers())
                .hasSize(2);
    }

    @Test
    void manyRangesDoNotExhaustMemory() {
        String many = java.util.stream.IntStream.range(0, 40)
                .mapToObj(n -> "0x" + Integer.toHexString(n) + "0000-0x" + Integer.toHexString(n) + "ffff")
                .collect(java.util.stream.Collectors.joining(","));
        assertThat(catchThrowableOfType(MalformedValueException.class, () -> PropertyValue.parse(many))
                        .problem())
                .isEqualTo("the value has more than 1,000,000 registers");
    }

    @Test
    void neighboursAreOneRange() {
        assertThat(PropertyValue.parse("0x603000000013c513,0x603000000013c512").asOneRange())
                .isEqualTo("0x603000000013c512-0x603000000013c513");
        assertThat(PropertyValue.parse("0x603000000013c513,0x603000000013c510").isOneRange())
                .isFalse();
    }

    @Test
    void everyValueParsesBack() {
        Property.holds(1000, given -> {
            List<RegisterId> registers = given.any(registers());
            PropertyValue value = PropertyValue.of(registers);
            assertThat(PropertyValue.parse(value.toString())).isEqualTo(value);
        });
    }

    @Test
    void anyTextIsReadOrRefusedWithItsPlace() {
        Property.holds(2000, given -> {
            String text = given.any(nearlyValues());
            try {
                assertThat(PropertyValue.parse(text)).isNotNull();
            } catch (MalformedValueException refused) {
                assertThat(refused.position()).isBetween(0, text.length());
            }
        });
    }

    private static Generator<List<RegisterId>> registers() {
        return ProposedTables.registers().list(0, 20);
    }

    private static Generator<String> nearlyValues() {
        return Generator.textsOf("0x19afF,-; \t+g", 0, 12);
    }
}
