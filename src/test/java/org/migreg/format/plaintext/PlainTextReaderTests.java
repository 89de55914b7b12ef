package org.migreg.format.plaintext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.migreg.capture.CaptureReading;
import org.migreg.capture.UnreadableCaptureException;

class PlainTextReaderTests {

    private static CaptureReading read(String text) {
        return PlainTextReader.read(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void idsOneALineAreRead() {
        CaptureReading reading = read("0x603000000013c103\r\n\n0x603000000013c512\n");
        assertThat(reading.registers()).hasToString("0x603000000013c103\n0x603000000013c512\n");
        assertThat(reading.remarks()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0x603000000013c103 0x5",
                "0x603000000013c103 = 0x5",
                "0x603000000013c103: 5",
                "0x603000000013c103\t5",
                "0x603000000013c103,5",
                "0x603000000013C103 => 0x05ULL",
                "  [\"0x603000000013c103\", \"0x5\"],",
                "{ 0x603000000013c103ULL, 0x5 }, /* TCR2_EL1 */",
                "TCR2_EL1 = 0x5",
                "tcr2_el1 5",
                "S3_0_C2_C0_3 0x5",
                "TCR2_EL1 (0x603000000013c103) 0x5",
                "0x603000000013c103 TCR2_EL1 0x5",
                "0x603000000013c103 value 0x5",
                "REG 0x603000000013c103 0x5 # as of today",
                "reg TCR2_EL1 0x5 // as of today",
                "3: 0x603000000013c103 0x5",
                "regs[3] = 0x603000000013c103 0x5",
                "6931039826524487939 = 5",
                "system register op0:3 op1:0 crn:2 crm:0 op2:3 = 0x5",
                "op0:3 op1:0 crn:2 crm:0 op2:3 = 0x5",
                "system register 0x1013c103 0x5",
            })
    void aValueBehindItsIdIsRead(String line) {
        assertThat(read(line).registers()).hasToString("0x603000000013c103=0x5\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "static const u64 regs[] = { 0x603000000013c103, 0x6030000000160003, };",
                "arm-cpu.x-mig-hidden-regs=0x603000000013c103,0x6030000000160003",
                "0x603000000013c103 0x6030000000160003",
                "TCR2_EL1, KVM_REG_ARM_VENDOR_HYP_BMAP_2",
                "the list has 0x603000000013c103 and then, in 6.16, 0x6030000000160003 too",
                "op0:3 op1:0 crn:2 crm:0 op2:3\nfw feat reg 3",
                "603000000013C103\n6030000000160003",
                "0x6030_0000_0013_c103, 0x6030_0000_0016_0003",
                "Random seed: 0x6b8b4567\n0x603000000013c103\n0x6030000000160003",
                "0x603000000013c103 exposed=1 (v=3)\n0x6030000000160003",
            })
    void idsWithoutValuesAreReadOutOfAnyText(String text) {
        assertThat(read(text).registers()).hasToString("0x603000000013c103\n0x6030000000160003\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0x603000000013c103 = 0x603000000013c512 | line 1, column 22 | value of 0x603000000013c103",
                "0x603000000013c103 0x0 0x1 | line 1, column 24 | second number",
                "0x603000000013c103 4 bytes | line 1, column 22 | count",
                "0x603000000013c103 = 007 | line 1, column 22 | octal",
                "0x603000000013c103 = -1 | line 1, column 22 | negative",
                "0x603000000013c103 = 1.5 | line 1, column 22 | no value",
                "603000000013c103 10 | line 1, column 18 | may be hexadecimal",
                "603000000013c103 ff | line 1, column 18 | may be the value",
                "0x603000000013c103 = ff | line 1, column 22 | may be the value",
                "603000000099c103 | line 1, column 1 | neither a register ID",
                "0x1013c103 | line 1, column 1 | neither a register ID",
                "0x603000000113c103 | line 1, column 1 | neither a register ID",
                "0x603000000013df1a CNTVCT_EL0 0x7 | line 1, column 20 | two registers",
                "0x603000000013c103 0x12345678901234567 | line 1, column 1 | not a register value",
            })
    void ambiguousTextIsRefusedWithItsPlace(String line, String place, String reason) {
        assertThatExceptionOfType(UnreadableCaptureException.class)
                .isThrownBy(() -> read(line))
                .withMessageContaining(place)
                .withMessageContaining(reason);
    }

    @Test
    void sixteenDigitsAreHexAlsoWithout0x() {
        assertThat(read("603000000013c103 0000000000000010\n0x603000000013c512 = 00000000deadbeef\n603000000013c513 0")
                        .registers())
                .hasToString("0x603000000013c103=0x10\n0x603000000013c512=0xdeadbeef\n0x603000000013c513=0x0\n");
    }

    @Test
    void aValueThatLooksLikeAnIdIsRefusedWhereOtherLinesHaveValues() {
        assertThatExceptionOfType(UnreadableCaptureException.class)
                .isThrownBy(() ->
                        read("0x603000000013c103 0x0\n0x603000000013c512 0x603000000013c513\n0x6030000000160003 0x0"))
                .withMessageStartingWith("line 2, column 20: this looks like a register ID but stands where other");
    }

    @Test
    void oneRegisterWithTwoValuesIsRefused() {
        assertThatExceptionOfType(UnreadableCaptureException.class)
                .isThrownBy(() -> read("TCR2_EL1 = 0x1\n0x603000000013c103 = 0x2"))
                .withMessage("line 2, column 1: 0x603000000013c103 (TCR2_EL1) has the value 0x2 here and 0x1 at line 1,"
                        + " column 1: give it once");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "no register here", "# 0x603000000013c103", "0x6030000000100000", "TCR2"})
    void textWithoutARegisterThatMigratesIsRefused(String text) {
        assertThatExceptionOfType(UnreadableCaptureException.class)
                .isThrownBy(() -> read(text))
                .withMessageContaining("no register ID");
    }

    @Test
    void whatIsNoTextIsRefused() {
        assertThatExceptionOfType(UnreadableCaptureException.class)
                .isThrownBy(() -> PlainTextReader.read(new byte[] {'a', (byte) 0xff}))
                .withMessageContaining("byte 1 is not UTF-8");
        assertThatExceptionOfType(UnreadableCaptureException.class)
                .isThrownBy(() -> read("a\0"))
                .withMessageContaining("NUL");
    }

    @Test
    void whatWasIgnoredAndDroppedIsSaid() {
        CaptureReading reading = read("""
                # host a
                /* 0x603000000013c104
                   12 */
                0x6030000000100000 0x7
                0x6080000000150000 0x11112222333344445555666677778888
                regs 258
                0x603000000013c103 extra 5
                0x603000000013c103
                """);
        assertThat(reading.registers()).hasToString("0x603000000013c103\n");
        assertThat(reading.normalisation().droppedCore()).isEqualTo(1);
        assertThat(reading.normalisation().droppedSve()).isEqualTo(1);
        assertThat(reading.normalisation().repeated()).isEqualTo(1);
        assertThat(reading.remarks())
                .containsExactly(
                        "2 comments were ignored.",
                        "Comments hold 1 register ID, the first at line 2, column 4; comments are ignored.",
                        "2 words were ignored.",
                        "2 numbers were taken neither for register IDs nor for values, the first at line 6, column 6.");
    }
}
