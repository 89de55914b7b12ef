package org.migreg.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.migreg.property.Generator;
import org.migreg.property.Property;

class RegisterIdTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0x603000000013c103                           | 0x603000000013c103
            0X603000000013C103                           | 0x603000000013c103
            0x00000603000000013c103                      | 0x603000000013c103
            0x0                                          | 0x0000000000000000
            0x000000000000000000000000                   | 0x0000000000000000
            0xffffffffffffffff                           | 0xffffffffffffffff
            6931039826524487939                          | 0x603000000013c103
            18446744073709551615                         | 0xffffffffffffffff
            0                                            | 0x0000000000000000
            TCR2_EL1                                     | 0x603000000013c103
            tcr2_el1                                     | 0x603000000013c103
            Kvm_Reg_Arm_Vendor_Hyp_Bmap_2                | 0x6030000000160003
            KVM_REG_ARM_PSCI_VERSION                     | 0x6030000000140000
            kvm_reg_arm_timer_cnt                        | 0x603000000013df1a
            KVM_REG_ARM_TIMER_CVAL                       | 0x603000000013df02
            DBGDTRTX                                     | 0x40200000200e0298
            S3_0_C2_C0_3                                 | 0x603000000013c103
            s3_0_c2_c0_3                                 | 0x603000000013c103
            S3_7_C15_C15_7                               | 0x603000000013ffff
            S2_0_C0_C0_2                                 | 0x6030000000138002
            system register op0:3 op1:0 crn:2 crm:0 op2:3| 0x603000000013c103
            fw feat reg 3                                | 0x6030000000160003
            fw reg 0                                     | 0x6030000000140000
            demuxed reg 6020000000110000                 | 0x6020000000110000
            system register 0x1013c030                   | 0x603000000013c030
            system register 0x200e0298                   | 0x40200000200e0298
            op0:3 op1:0 crn:0 crm:1 op2:1                | 0x603000000013c009
            Op0( 3), Op1( 0), CRn( 2), CRm( 0), Op2( 3), func_read | 0x603000000013c103
            '{ Op0( 3), Op1( 0), CRn( 2), CRm( 0), Op2( 3), func_write }' | 0x603000000013c103
            ARM64_SYS_REG(3, 0, 2, 0, 3)                 | 0x603000000013c103
            arm64_sys_reg(3,0,2,0,3)                     | 0x603000000013c103
            sys_reg(3, 0, 2, 0, 3)                       | 0x603000000013c103
            KVM_ARM64_SYS_REG(SYS_TCR2_EL1)              | 0x603000000013c103
            KVM_REG_ARM_FW_REG(3)                        | 0x6030000000140003
            KVM_REG_ARM_FW_FEAT_BMAP_REG(3)              | 0x6030000000160003
            'KVM_REG_ARM_FW_FEAT_BMAP_REG(3),'           | 0x6030000000160003
            KVM_REG_ARM64_SVE_ZREG(1, 0)                 | 0x6080000000150020
            AARCH64_CORE_REG(regs.pc)                    | 0x6030000000100040
            KVM_REG_ARM_PTIMER_CNT                       | 0x603000000013df01
            SYS_TCR2_EL1                                 | 0x603000000013c103
            sys_id_pfr1_el1                              | 0x603000000013c009
            SYS_DBGBVRn_EL1(2)                           | 0x6030000000138014
            DBGBVR<2>_EL1                                | 0x6030000000138014
            PMMIR                                        | 0x603000000013c4f6
            s3_0_c0_c1_1                                 | 0x603000000013c009
            S3_0_0_1_1                                   | 0x603000000013c009
            SYS_S3_0_C0_C1_1                             | 0x603000000013c009
            `TCR2_EL1`                                   | 0x603000000013c103
            TCR2_EL1 (0x603000000013c103)                | 0x603000000013c103
            603000000013c103                             | 0x603000000013c103
            6030000000140003                             | 0x6030000000140003
            0x603000000013c103ULL                        | 0x603000000013c103
            0x6030_0000_0013_c103                        | 0x603000000013c103
            sve reg 6080000000150020                     | 0x6080000000150020
            SVE zreg n:1 slice:0                         | 0x6080000000150020
            SVE VLS                                      | 0x606000000015ffff
            """)
    void everyFormThatPeopleAndQemuWriteIsRead(String text, String id) {
        assertThat(RegisterId.parseLenient(text)).hasToString(id);
        assertThat(RegisterId.parseLenient("  " + text + "\t")).hasToString(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "op0:3 op1:0 crn:0 crm:1 op2:1",
                "op0:0x3 op1:0x0 crn:0x0 crm:0x1 op2:0x1",
                "{ Op0( 3), Op1( 0), CRn( 0), CRm( 1), Op2( 1), func_read }",
                "OP0:3  OP1:0  CRN:0  CRM:1  OP2:1",
                "(3, 0, 0, 1, 1)",
                "3 0 0 1 1",
                "ARM64_SYS_REG(0x3,0x0,0x0,0x1,0x1)",
                "ARM64_SYS_REG(0b11, 0b000, 0b0000, 0b0001, 0b001)",
                "KVM_REG_ARM64 | KVM_REG_SIZE_U64 | KVM_REG_ARM64_SYSREG | 0xc009",
                "\u201cID_PFR1_EL1\u201d",
                "(ID_PFR1_EL1)",
                "[ID_PFR1_EL1]:",
                "id_pfr1_el1.",
                "ID\u200b_PFR1_EL1\u00a0",
                "ID\\_PFR1\\_EL1",
                "0x603000000013c009 (ID_PFR1_EL1)",
                "0x603000000013c009: ID_PFR1_EL1",
                "ID_PFR1_EL1 [0x603000000013c009]",
                "0x603000000013c009 (system register op0:3 op1:0 crn:0 crm:1 op2:1)",
                "6030 0000 0013 c009",
                "0x6030_0000_0013_c009",
                "register 0x603000000013c009",
                "id=0x603000000013c009"
            })
    void aRegisterIsReadInWhateverStandsAroundIt(String text) {
        assertThat(RegisterId.parseLenient(text)).hasToString("0x603000000013c009");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "KVM_REG_ARM_FW_REG(0x3); 0x6030000000140003",
                "fw reg 3:; 0x6030000000140003",
                "demuxed reg 0x602000000011000d; 0x602000000011000d",
                "KVM_REG_ARM64|KVM_REG_SIZE_U32|KVM_REG_ARM_DEMUX|KVM_REG_ARM_DEMUX_ID_CCSIDR|0xd; 0x602000000011000d"
            })
    void numbersOfMacrosAreReadInHex(String text, String id) {
        assertThat(RegisterId.parseLenient(text)).hasToString(id);
    }

    @Test
    void aNameAndAnIdOfTwoRegistersAreRefusedInEitherOrder() {
        for (String two : List.of("TCR2_EL1 (0x603000000013c009)", "0x603000000013c009: TCR2_EL1")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> RegisterId.parseLenient(two))
                    .withMessageContaining("two registers");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                            | is empty
            ' '                                           | is empty
            0x                                            | is not a register ID
            0x1603000000013c103                           | is not a register ID
            703000000013c103                              | write 0x703000000013c103
            18446744073709551616                          | does not fit in 64 bits
            -1                                            | is not a register ID
            TCR2_EL1x                                     | is not a register ID
            S4_0_C2_C0_3                                  | is not a register ID
            S3_8_C2_C0_3                                  | is not a register ID
            S3_0_C16_C0_3                                 | crn is 16, which must be 0 to 15
            S3_0_C2_C99_3                                 | crm is 99, which must be 0 to 15
            system register op0:3 op1:0 crn:16 crm:0 op2:3| crn is 16
            system register 0x11013c0300                  | is not a register ID
            fw reg 65536                                  | must be 0 to 65535
            TCR2                                          | write one of TCR2_EL1, TCR2_EL2, TCR2_EL12
            PIR_EL1 (0x603000000013c103)                  | is two registers
            ARM64_SYS_REG(3, 0, 2, 0)                     | has 4 arguments, but takes 5
            ARM64_SYS_REG(3, 0, 2, 0, 9)                  | op2 is '9', which must be 0 to 7
            op0:3 op1:9 crn:2 crm:0 op2:3                 | op1 is 9, which must be 0 to 7
            KVM_REG_ARM_NEW(3)                            | is not known
            fw reg -1                                     | is not a register ID
            """)
    void whatIsNoRegisterIdIsRefusedSayingWhatWouldBeRight(String text, String message) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> RegisterId.parseLenient(text))
                .withMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0x603000000013C103",
                "603000000013c103",
                "0x0603000000013c103",
                "0x13c103",
                "TCR2_EL1",
                " 0x603000000013c103",
                ""
            })
    void theStrictDoorTakesTheCanonicalFormAlone(String text) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> RegisterId.parse(text))
                .withMessageContaining("such as 0x603000000013c103");
    }

    @Test
    void anOverlongTextIsRefusedWithoutRepeatingAllOfIt() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> RegisterId.parseLenient("x".repeat(1_000_000)))
                .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(300));
    }

    @Test
    void orderIsUnsignedSoThatTheTopBitSortsLast() {
        RegisterId low = RegisterId.parse("0x40200000200e0298");
        RegisterId high = RegisterId.parse("0x603000000013c103");
        RegisterId top = RegisterId.parse("0x8000000000000000");
        assertThat(List.of(top, high, low).stream().sorted()).containsExactly(low, high, top);
    }

    @Test
    void onlyWhatALiveQemuListsIsMigratable() {
        assertThat(RegisterId.parse("0x603000000013c103").isMigratable()).isTrue();
        assertThat(RegisterId.parse("0x6020000000110000").isMigratable()).isTrue();
        assertThat(RegisterId.parse("0x40200000200e0298").isMigratable()).isTrue();
        assertThat(RegisterId.parse("0x6030000000100000").isMigratable()).isFalse();
        assertThat(RegisterId.parse("0x6080000000150000").isMigratable()).isFalse();
        assertThat(RegisterId.parse("0x604000000013c103").isMigratable()).isFalse();
        assertThat(RegisterId.parse("0x203000000013c103").isMigratable()).isFalse();
    }

    @Test
    void theBogusDbgdtrtxDecodesAsQemuMeansIt() {
        assertThat(RegisterId.parse("0x40200000200e0298").encoding())
                .isEqualTo(new RegisterEncoding.Aarch32Coprocessor(
                        RegisterId.parse("0x40200000200e0298"), 14, true, 0, 5, 3, 0));
    }

    @Test
    void any64BitNumberIsReadBackFromItsCanonicalHexAndDecimalForms() {
        Property.holds(1000, given -> {
            long bits = given.any(Generator.longs());
            RegisterId id = new RegisterId(bits);
            assertThat(RegisterId.parse(id.toString())).isEqualTo(id);
            assertThat(RegisterId.parseLenient(id.toString())).isEqualTo(id);
            assertThat(RegisterId.parseLenient("0X" + Long.toHexString(bits).toUpperCase(java.util.Locale.ROOT)))
                    .isEqualTo(id);
            assertThat(RegisterId.parseLenient("0x00" + Long.toHexString(bits))).isEqualTo(id);
            assertThat(RegisterId.parseLenient(Long.toUnsignedString(bits))).isEqualTo(id);
        });
    }

    @Test
    void everyIdHasAnEncodingAndANameWhateverItsBits() {
        Property.holds(1000, given -> {
            long bits = given.any(Generator.longs());
            RegisterId id = new RegisterId(bits);
            assertThat(id.encoding().id()).isEqualTo(id);
            assertThat(id.encoding().sizeInBytes()).isBetween(1, 1 << 15);
            assertThat(id.name()).isNotBlank();
            assertThat(id.printedByQemu(true)).isNotBlank();
            assertThat(id.printedByQemu(false)).isNotBlank();
        });
    }

    private static Generator<RegisterId> listedByArm64Hosts() {
        Generator<Integer> index = Generator.integers(0, 0xffff);
        return Generator.oneOf(
                index.map(i -> new RegisterId(0x6030_0000_0013_0000L | i)),
                index.map(i -> new RegisterId(0x6030_0000_0014_0000L | i)),
                index.map(i -> new RegisterId(0x6030_0000_0016_0000L | i)),
                Generator.integers(0, 13).map(i -> new RegisterId(0x6020_0000_0011_0000L | i)));
    }

    @Test
    void whatQemuPrintsUnderKvmIsReadBack() {
        Property.holds(1000, given -> {
            RegisterId id = given.any(listedByArm64Hosts());
            assertThat(RegisterId.parseLenient(id.printedByQemu(false))).isEqualTo(id);
        });
    }

    @Test
    void theNameOfEveryRegisterThatKvmOrTcgListIsReadBack() {
        Generator<RegisterId> elsewhere = Generator.oneOf(
                Generator.integers(0, 0x3ff).map(i -> new RegisterId(0x6080_0000_0015_0000L | i)),
                Generator.integers(0x400, 0x61f).map(i -> new RegisterId(0x6050_0000_0015_0000L | i)),
                Generator.integers(0, 0x53).map(i -> new RegisterId(0x6030_0000_0010_0000L | i)),
                Generator.integers(0x54, 0xd3).map(i -> new RegisterId(0x6040_0000_0010_0000L | i)));
        Property.holds(2000, given -> {
            // Bit 6 of an AArch32 id has no meaning, and so no name tells it.
            Generator<RegisterId> tcg =
                    listedByTcg().map(id -> id.bits() >>> 60 == 4 ? new RegisterId(id.bits() & ~0x40L) : id);
            RegisterId id = given.any(Generator.oneOf(listedByArm64Hosts(), tcg, elsewhere));
            assertThat(RegisterId.parseLenient(id.name())).isEqualTo(id);
            assertThat(RegisterId.parseLenient(id.name() + " (" + id + ")")).isEqualTo(id);
            if (RegisterNames.lookUp(id) != null) {
                assertThat(RegisterId.parseLenient("SYS_" + id.name())).isEqualTo(id);
            }
        });
    }

    @Test
    void whateverIsWrittenIsReadOrRefused() {
        Generator<String> part = Generator.of(
                "ARM64_SYS_REG",
                "KVM_REG_ARM64",
                "KVM_REG_SIZE_U64",
                "op0:3",
                " ",
                "(",
                ")",
                "|",
                ",",
                "3",
                "99",
                "_EL1",
                "TCR2",
                "0x",
                "6030000000",
                "crn:",
                "S3_0_C",
                "CP15_0_C99",
                "fw reg ",
                "<",
                ">",
                "n_EL1",
                "\u00a0",
                "'",
                "ÿ");
        Property.holds(2000, given -> {
            StringBuilder text = new StringBuilder();
            for (int i = given.any(Generator.integers(0, 9)); i > 0; i--) {
                text.append(given.any(part));
            }
            try {
                RegisterId id = RegisterId.parseLenient(text.toString());
                assertThat(RegisterId.parseLenient(id.toString())).isEqualTo(id);
            } catch (IllegalArgumentException refused) {
                assertThat(refused).isExactlyInstanceOf(IllegalArgumentException.class);
                assertThat(refused.getMessage()).isNotBlank().hasSizeLessThan(500);
            }
        });
    }

    private static Generator<RegisterId> listedByTcg() {
        Generator<Integer> index = Generator.integers(0, 0xffff);
        Generator<RegisterId> aarch32 = given -> new RegisterId(0x4000_0000_2000_0000L
                | given.any(Generator.of(2L, 3L)) << 52
                | given.any(Generator.of(14L, 15L)) << 16
                | given.any(Generator.integers(0, 0x7fff)));
        return Generator.oneOf(index.map(i -> new RegisterId(0x6030_0000_0013_0000L | i)), aarch32);
    }

    @Test
    void whatQemuPrintsUnderTcgIsReadBack() {
        Property.holds(1000, given -> {
            RegisterId id = given.any(listedByTcg());
            assertThat(RegisterId.parseLenient(id.printedByQemu(true))).isEqualTo(id);
        });
    }

    @Test
    void theGenericNameAndTheEncodingGiveTheIdBack() {
        Property.holds(1000, given -> {
            int op0 = given.any(Generator.integers(0, 3));
            int op1 = given.any(Generator.integers(0, 7));
            int crn = given.any(Generator.integers(0, 15));
            int crm = given.any(Generator.integers(0, 15));
            int op2 = given.any(Generator.integers(0, 7));
            RegisterId id = RegisterId.ofSystemRegister(op0, op1, crn, crm, op2);
            RegisterEncoding.SystemRegister decoded = new RegisterEncoding.SystemRegister(id, op0, op1, crn, crm, op2);
            assertThat(id.encoding()).isEqualTo(decoded);
            assertThat(RegisterId.parseLenient(decoded.genericName())).isEqualTo(id);
        });
    }

    @Test
    void arbitraryTextIsReadOrRefusedAndNothingElse() {
        Property.holds(1000, given -> {
            String text = given.any(Generator.texts(0, 100));
            readsOrRefuses(text);
        });
    }

    private static Generator<String> nearlyWellFormed() {
        return Generator.of(
                        "0x",
                        "0X",
                        "603000000013c103",
                        "0",
                        "9",
                        "f",
                        "S3_0",
                        "_C2",
                        "_C99999999999",
                        "_3",
                        "system register ",
                        "op0:3 op1:0 ",
                        "crn:2 crm:0 op2:3",
                        "fw reg ",
                        "fw feat reg ",
                        "demuxed reg ",
                        "core reg ",
                        "99999",
                        "ffffffffffffffff",
                        "TCR2",
                        "_EL1",
                        " ",
                        "-",
                        "\u0661",
                        "\u0000")
                .list(0, 6)
                .map(parts -> String.join("", parts));
    }

    @Test
    void aNearMissIsReadOrRefusedAndNothingElse() {
        Property.holds(3000, given -> {
            String text = given.any(nearlyWellFormed());
            readsOrRefuses(text);
        });
    }

    private static void readsOrRefuses(String text) {
        try {
            RegisterId id = RegisterId.parseLenient(text);
            assertThat(RegisterId.parse(id.toString())).isEqualTo(id);
        } catch (IllegalArgumentException refused) {
            assertThat(refused).isExactlyInstanceOf(IllegalArgumentException.class);
            assertThat(refused).message().isNotBlank();
        }
        try {
            assertThat(RegisterId.parse(text)).hasToString(text);
        } catch (IllegalArgumentException refused) {
            assertThat(refused).isExactlyInstanceOf(IllegalArgumentException.class);
        }
        try {
            RegisterValue value = RegisterValue.parse(text);
            assertThat(RegisterValue.parse(value.toString())).isEqualTo(value);
        } catch (IllegalArgumentException refused) {
            assertThat(refused).isExactlyInstanceOf(IllegalArgumentException.class);
        }
    }
}
