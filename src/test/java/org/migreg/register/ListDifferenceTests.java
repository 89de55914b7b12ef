package org.migreg.register;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ListDifferenceTests {

    private static RegisterList list(RegisterId... ids) {
        RegisterList.Builder builder = RegisterList.builder();
        for (RegisterId id : ids) {
            builder.add(id);
        }
        return builder.build();
    }

    @Test
    void extraIsWhatOnlyTheFirstListHasAndAbsentWhatOnlyTheSecondHas() {
        ListDifference difference = ListDifference.between(
                list(KnownRegisters.PIR_EL1, KnownRegisters.TCR2_EL1, KnownRegisters.MIDR_EL1),
                list(KnownRegisters.FPMR, KnownRegisters.MIDR_EL1, KnownRegisters.DBGDTRTX));
        assertThat(difference.extraRegisters()).containsExactly(KnownRegisters.TCR2_EL1, KnownRegisters.PIR_EL1);
        assertThat(difference.absentRegisters()).containsExactly(KnownRegisters.DBGDTRTX, KnownRegisters.FPMR);
        assertThat(difference.commonCount()).isEqualTo(1);
    }

    @Test
    void equalListsDifferInNothing() {
        ListDifference difference =
                ListDifference.between(list(KnownRegisters.MIDR_EL1), list(KnownRegisters.MIDR_EL1));
        assertThat(difference.extraRegisters()).isEmpty();
        assertThat(difference.absentRegisters()).isEmpty();
        assertThat(difference.commonCount()).isEqualTo(1);
    }
}
