package org.migreg.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RegisterFieldsTests {

    @Test
    void theFieldThatRefusesAMigrationFrom618Has612sNameAndBits() {
        RegisterId mmfr2 = RegisterId.parseLenient("ID_AA64MMFR2_EL1");

        List<RegisterFields.Decoded> fields = RegisterFields.decode(mmfr2, 0x0220_0111_0200_1011L);

        assertThat(fields).hasSize(15);
        assertThat(fields.getFirst().name()).isEqualTo("E0PD");
        assertThat(fields)
                .filteredOn(field -> field.name().equals("NV"))
                .singleElement()
                .satisfies(nv -> {
                    assertThat(nv.field().bits()).isEqualTo("[27:24]");
                    assertThat(nv.hex()).isEqualTo("0x2");
                });
    }

    @Test
    void thePsciVersionReadsAsMajorAndMinor() {
        assertThat(RegisterFields.decode(RegisterId.parseLenient("KVM_REG_ARM_PSCI_VERSION"), 0x10003))
                .extracting(RegisterFields.Decoded::name, RegisterFields.Decoded::value)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("Major", 1L),
                        org.assertj.core.groups.Tuple.tuple("Minor", 3L));
    }

    @Test
    void aCacheTellsItsLineSizeAlone() {
        // The places of the other fields depend on FEAT_CCIDX, which a demultiplexed register does not tell.
        assertThat(RegisterFields.decode(RegisterId.parseLenient("CCSIDR_2"), 0x700fe01a))
                .extracting(RegisterFields.Decoded::name, RegisterFields.Decoded::value)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("LineSize", 2L));
    }

    @Test
    void aBitInTheTopOfTheRegisterIsNotTakenForASign() {
        assertThat(RegisterFields.decode(RegisterId.parseLenient("ID_AA64SMFR0_EL1"), Long.MIN_VALUE)
                        .getFirst()
                        .value())
                .isEqualTo(1);
        assertThat(new BitField("whole", 63, 0).of(-1)).isEqualTo(-1);
    }

    @Test
    void aRegisterWithoutNamesHasNoFieldsAndOnlyUnnamedBits() {
        RegisterId sp = RegisterId.parseLenient("SP_EL1");

        assertThat(RegisterFields.fieldsOf(sp)).isEmpty();
        assertThat(RegisterFields.unnamedBits(sp)).isEqualTo(-1);
    }

    @Test
    void noTwoFieldsOfARegisterShareABit() {
        int registers = 0;
        for (RegisterNames.Named named : RegisterNames.all()) {
            long taken = 0;
            int last = 64;
            for (BitField field : RegisterFields.fieldsOf(named.id())) {
                long mask = field.of(-1) << field.low();
                assertThat(taken & mask).as("%s.%s", named.name(), field.name()).isZero();
                assertThat(field.high()).as("%s.%s", named.name(), field.name()).isLessThan(last);
                taken |= mask;
                last = field.low();
            }
            registers += taken == 0 ? 0 : 1;
        }
        assertThat(registers).isGreaterThan(60);
    }

    @Test
    void aFieldWithItsBitsTheWrongWayRoundIsRefused() {
        assertThatThrownBy(() -> new BitField("NV", 24, 27))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the higher one first");
    }
}
