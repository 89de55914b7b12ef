package org.migreg.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegisterNamesTests {

    /** The table's columns, read anew and not by the class under test. */
    private static List<String[]> rows() throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                RegisterNames.class.getResourceAsStream("arm64-system-registers.csv"), StandardCharsets.UTF_8))) {
            assertThat(reader.readLine()).isEqualTo("kvm_register_id,name,kind,op0,op1,crn,crm,op2,note");
            return reader.lines().map(line -> line.split(",", 9)).toList();
        }
    }

    @Test
    void everyRowOfTheTableIsFoundByIdAndByNameInAnyCase() throws IOException {
        List<String[]> rows = rows();
        assertThat(rows).hasSize(673);
        for (String[] row : rows) {
            RegisterId id = RegisterId.parse(row[0]);
            assertThat(id.name()).isEqualTo(row[1]);
            assertThat(RegisterId.parseLenient(row[1])).isEqualTo(id);
            assertThat(RegisterId.parseLenient(row[1].toLowerCase(Locale.ROOT))).isEqualTo(id);
        }
    }

    @Test
    void theEncodingOfEverySystemRegisterIsTheTables() throws IOException {
        int decoded = 0;
        List<String> wrong = new ArrayList<>();
        for (String[] row : rows()) {
            RegisterId id = RegisterId.parse(row[0]);
            assertThat(id.encoding().architecture()).isEqualTo("arm64");
            switch (id.encoding()) {
                case RegisterEncoding.SystemRegister r -> {
                    decoded++;
                    List<String> fields = List.of("" + r.op0(), "" + r.op1(), "" + r.crn(), "" + r.crm(), "" + r.op2());
                    if (!row[2].equals("system") || !fields.equals(List.of(row).subList(3, 8))) {
                        wrong.add(row[1] + " " + fields);
                    }
                }
                case RegisterEncoding.Firmware r -> assertThat(row[2]).isNotEqualTo("system");
                case RegisterEncoding.FirmwareFeatureBitmap r ->
                    assertThat(row[2]).isNotEqualTo("system");
                default -> wrong.add(row[1] + " is neither a system register nor firmware");
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(decoded).isGreaterThan(600);
    }

    @Test
    void noNameOrAliasStandsForTwoRegisters() {
        Map<String, RegisterId> seen = new HashMap<>();
        for (RegisterNames.Named named : RegisterNames.all()) {
            List<String> names = new ArrayList<>(named.aliases());
            names.add(named.name());
            for (String name : names) {
                assertThat(seen.putIfAbsent(name.toUpperCase(Locale.ROOT), named.id()))
                        .as(name)
                        .isNull();
                assertThat(RegisterNames.find(name)).isEqualTo(named.id());
            }
        }
    }

    @Test
    void theNotesTellThatKvmSwapsTheVirtualTimersCountAndCompareValue() {
        // Linux uapi/asm/kvm.h: KVM_REG_ARM_TIMER_CNT is ARM64_SYS_REG(3, 3, 14, 3, 2), the encoding of CNTV_CVAL_EL0.
        RegisterId count = RegisterId.ofSystemRegister(3, 3, 14, 3, 2);
        RegisterId compareValue = RegisterId.ofSystemRegister(3, 3, 14, 0, 2);
        assertThat(RegisterNames.find("KVM_REG_ARM_TIMER_CNT")).isEqualTo(count);
        assertThat(RegisterNames.find("KVM_REG_ARM_TIMER_CVAL")).isEqualTo(compareValue);
        assertThat(RegisterNames.lookUp(count).note()).contains("carries CNTVCT_EL0");
        assertThat(RegisterNames.lookUp(compareValue).note()).contains("carries CNTV_CVAL_EL0");
    }

    @Test
    void aRegisterWithoutANameIsCalledByItsEncoding() {
        assertThat(RegisterId.parse("0x603000000013ffff").name()).isEqualTo("S3_7_C15_C15_7");
        assertThat(RegisterId.parse("0x6020000000110003").name()).isEqualTo("CCSIDR_3");
        assertThat(RegisterId.parse("0x6030000000160044").name()).isEqualTo("KVM_REG_ARM_FW_FEAT_BMAP_68");
        assertThat(RegisterId.parse("0x40200000000f0000").name()).isEqualTo("CP15_0_C0_C0_0_S");
        assertThat(RegisterId.parse("0x1230000000000000").name()).isEqualTo("0x1230000000000000");
    }
}
