package org.migreg.format.plaintext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.migreg.capture.Capture;
import org.migreg.capture.CaptureReading;
import org.migreg.capture.UnreadableCaptureException;
import org.migreg.storage.SeedCaptures;

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

    /** A host's list, in ascending order, with a value for each. */
    private static List<String> whole() {
        return SeedCaptures.all().stream()
                .map(Capture::registers)
                .filter(registers -> registers.ids().stream()
                        .allMatch(id -> registers.valueOf(id).isPresent()))
                .findFirst()
                .orElseThrow()
                .toString()
                .lines()
                .toList();
    }

    private static String lines(List<String> items, String form) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < items.size(); i++) {
            String[] parts = items.get(i).split("=", -1);
            text.append(form.replace("{n}", "" + (i + 1))
                            .replace("{id}", parts[0])
                            .replace("{bare}", parts[0].substring(2))
                            .replace("{value}", parts[1])
                            .replace("{padded}", "0".repeat(18 - parts[1].length()) + parts[1].substring(2)))
                    .append('\n');
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "| `{id}` | `{value}` |",
                "- `{id}`: {value}",
                "{n}. {id} = {value}",
                "{n}) {id} = {value}",
                "     {n}\t{id} = {value}",
                "[{n}] {id} {value}",
                "> > {id} {value}",
                "\u00a0{id}\u00a0=\u00a0{value}",
                "\u201c{id}\u201d \u2013 {value}",
                "<tr><td><code>{id}</code></td><td>{value}</td></tr>",
                "{id} = {value}<br>",
                "R{n},{id},{value}",
                "{id};{value}",
                "{bare} {padded}",
                "  - id: \"{id}\"\n    value: \"{value}\"",
            })
    void aWholeListIsReadAsPeopleCopyIt(String form) {
        List<String> whole = whole();
        assertThat(read(lines(whole, form)).registers().toString().lines()).containsExactlyElementsOf(whole);
    }

    @Test
    void linesBrokenAtAColumnArePutTogether() {
        List<String> ids = whole().stream().map(item -> item.substring(0, 18)).toList();
        for (int width : List.of(64, 72, 80, 132)) {
            String text = String.join(", ", ids);
            StringBuilder broken = new StringBuilder();
            for (int from = 0; from < text.length(); from += width) {
                broken.append(text, from, Math.min(text.length(), from + width)).append('\n');
            }
            assertThat(read(broken.toString()).registers().toString().lines()).containsExactlyElementsOf(ids);
        }
    }

    @Test
    void whatWouldMakeAWrongListIsRefusedWithItsReason() {
        List<String> whole = whole();
        String text = lines(whole, "{id}");
        assertRefused(text + "host b:\n" + lines(whole.subList(0, 100), "{id}"), "the lists of several hosts");
        assertRefused(lines(whole, "| {id} | yes | no |"), "as a comparison of hosts does: give the list of one host");
        assertRefused(lines(whole, "{id} \u2713 \u2717"), "as a comparison of hosts does");
        assertRefused(lines(whole.subList(0, 50), "{id}") + "...\n" + text, "line 51: '...' says that part");
        assertRefused(text + "[... 20 more lines ...]", "says that part of the list is left out");
        assertRefused(
                lines(whole, " {id}") + "-0x603000000013c103\n+0x603000000013c512\n", "a difference of two lists");
        assertRefused("@@ -1,3 +1,4 @@\n" + text, "a difference of two lists");
        assertRefused("< 0x603000000013c103\n---\n> 0x603000000013c512\n", "a difference of two lists");
        assertRefused("TCR2_EL1\nTCR9_EL1\n", "line 2, column 1: 'TCR9_EL1' is not the name of a register");
    }

    private static void assertRefused(String text, String why) {
        assertThatExceptionOfType(UnreadableCaptureException.class)
                .isThrownBy(() -> read(text))
                .withMessageContaining(why);
    }

    @Test
    void aComparisonOfFewRegistersIsReadAndRemarkedOn() {
        CaptureReading reading = read("""
                | register | 6.12 | 6.18 |
                |---|---|---|
                | `0x603000000013c103` | yes | no |
                | `0x6030000000160003` | no | yes |
                """);
        assertThat(reading.registers()).hasToString("0x603000000013c103\n0x6030000000160003\n");
        assertThat(reading.remarks()).anySatisfy(remark -> assertThat(remark).contains("that it is not there"));
    }

    @Test
    void theSameListOfEveryVcpuIsOneList() {
        String text = lines(whole(), "{id}");
        assertThat(read(text + "\n" + text).registers().size()).isEqualTo(whole().size());
    }
}
