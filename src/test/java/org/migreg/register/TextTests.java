package org.migreg.register;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What messages quote of input, and how they write numbers of registers. */
class TextTests {

    @Test
    void textThatFitsIsQuotedWhole() {
        assertThat(Text.shortened("a".repeat(60))).isEqualTo("a".repeat(60));
        assertThat(Text.shortened("abcdef", 6)).isEqualTo("abcdef");
    }

    @Test
    void longerTextEndsInDotsAndIsNoLongerThanAllowed() {
        assertThat(Text.shortened("a".repeat(61))).isEqualTo("a".repeat(57) + "...");
        assertThat(Text.shortened("abcdefg", 6)).isEqualTo("abc...");
    }

    @Test
    void aNumberHasNoLeadingZerosAndAWordAllOfThem() {
        assertThat(Hex.number(0x10003)).isEqualTo("0x10003");
        assertThat(Hex.number(0)).isEqualTo("0x0");
        assertThat(Hex.word(0x10003)).isEqualTo("0x0000000000010003");
        assertThat(Hex.word(-1)).isEqualTo("0xffffffffffffffff");
    }
}
