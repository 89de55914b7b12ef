package org.migreg.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.migreg.register.KnownRegisters;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterValue;

/** What others know of a value rule. */
class ValueRuleTests {

    /** Accepting an equal value is nothing to tell of; V13 is about registers that QEMU does not send. */
    private static final Set<String> NOT_TOLD = Set.of("V0", "V13");

    /** Rules of which it is not known which of several holds. */
    private static final Set<String> ONE_OF_SEVERAL = Set.of("V4", "V6", "V7");

    @Test
    void everyRuleHasARowWithItsEvidenceAndEveryRowARule() throws IOException {
        Set<String> documented = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of("docs/value-rules.md"))) {
            if (line.matches("\\| [VT][0-9].*")) {
                String first = line.substring(2, line.indexOf(' ', 2));
                int slash = first.indexOf('/');
                documented.add(slash < 0 ? first : first.substring(0, slash));
                if (slash >= 0) {
                    documented.add(first.substring(0, slash - 1) + first.substring(slash + 1));
                }
            }
        }
        documented.removeAll(NOT_TOLD);
        documented.addAll(ONE_OF_SEVERAL);
        assertThat(Arrays.stream(ValueRule.values()).map(ValueRule::toString).collect(Collectors.toSet()))
                .isEqualTo(documented);
    }

    /** "Accepted but changed" in docs/value-rules.md. */
    @ParameterizedTest
    @CsvSource({
        "V1,  KVM_REG_ARM_PSCI_VERSION,            0x10001,    0x10003,    0x10001",
        "V2,  KVM_REG_ARM_SMCCC_ARCH_WORKAROUND_1, 0x1,        0x2,        0x2",
        "V7E, ID_AA64DFR0_EL1,                     0x10f05,    0x10605,    0x10005",
        "V7E, ID_DFR0_EL1,                         0xf000f05,  0x6000f05,  0xf05",
        "V7H, ID_AA64MMFR2_EL1,                    0x2000011,  0x11,       0x11",
        "V10, PMCR_EL0,                            0x41023005, 0x41011800, 0x41021805",
        "V10, PMCNTENSET_EL0,                      0x8000000f, 0x0,        0x0",
        "V12, ID_PFR0_EL1,                         0x131,      0x0,        0x0",
    })
    void aGuestCarriesOnWhatTheDestinationKeeps(
            ValueRule rule, String register, String incoming, String own, String kept) {
        RegisterId id = RegisterId.parseLenient(register);
        long carried = rule.carriedAs(
                id,
                RegisterValue.parse(incoming).bits(),
                RegisterValue.parse(own).bits());
        assertThat(new RegisterValue(carried)).hasToString(kept);
    }

    @Test
    void onlyARegisterThatIsTakenAwayCanBeHiddenAgainstTheRefusal() {
        assertThat(Arrays.stream(ValueRule.values()).filter(rule -> rule.help() == ValueRule.Help.HIDING))
                .containsExactly(ValueRule.V11);
    }

    @Test
    void everyRuleSaysWhatItIsAboutAndWhatItWasMeasuredOn() {
        assertThat(ValueRule.values()).allSatisfy(rule -> {
            assertThat(rule.about()).isNotBlank();
            assertThat(rule.source()).containsAnyOf("Linux", "QEMU");
        });
    }

    @Test
    void registersAreClassedByWhatTheyAreToWhoeverSetsThem() {
        assertThat(RegisterClass.of(KnownRegisters.PSCI_VERSION)).isEqualTo(RegisterClass.PSCI_VERSION);
        assertThat(RegisterClass.of(KnownRegisters.WORKAROUND_2)).isEqualTo(RegisterClass.WORKAROUND);
        assertThat(RegisterClass.of(KnownRegisters.VENDOR_HYP_BMAP_2)).isEqualTo(RegisterClass.FEATURE_BITMAP);
        assertThat(RegisterClass.of(KnownRegisters.AIDR_EL1)).isEqualTo(RegisterClass.PROCESSOR);
        assertThat(RegisterClass.of(KnownRegisters.CLIDR_EL1)).isEqualTo(RegisterClass.CACHE_HIERARCHY);
        assertThat(RegisterClass.of(KnownRegisters.CTR_EL0)).isEqualTo(RegisterClass.CACHE_TYPE);
        assertThat(RegisterClass.of(KnownRegisters.ID_AA64MMFR3_EL1)).isEqualTo(RegisterClass.IDENTIFICATION);
        assertThat(RegisterClass.of(KnownRegisters.OSLSR_EL1)).isEqualTo(RegisterClass.OS_LOCK_STATUS);
        assertThat(RegisterClass.of(KnownRegisters.PMMIR_EL1)).isEqualTo(RegisterClass.PMU_IDENTITY);
        assertThat(RegisterClass.of(RegisterId.parseLenient("CCSIDR_3"))).isEqualTo(RegisterClass.CACHE_SIZE);
        assertThat(RegisterClass.of(RegisterId.parseLenient("HCR_EL2"))).isEqualTo(RegisterClass.EL2);
        assertThat(RegisterClass.of(RegisterId.parseLenient("SCTLR_EL1"))).isEqualTo(RegisterClass.CONTROL_STATE);
        assertThat(RegisterClass.of(RegisterId.parseLenient("DACR32_EL2"))).isEqualTo(RegisterClass.CONTROL_STATE);
        assertThat(RegisterClass.of(RegisterId.parseLenient("CNTV_CVAL_EL0"))).isEqualTo(RegisterClass.TIMER);
        assertThat(RegisterClass.of(RegisterId.parseLenient("PMEVCNTR3_EL0"))).isEqualTo(RegisterClass.PMU);
        assertThat(RegisterClass.of(RegisterId.parseLenient("DBGWVR2_EL1"))).isEqualTo(RegisterClass.DEBUG);
        assertThat(RegisterClass.of(RegisterId.parseLenient("MPAM1_EL1"))).isEqualTo(RegisterClass.OTHER_SYSTEM);
        assertThat(RegisterClass.of(RegisterId.parseLenient("fw reg 9"))).isEqualTo(RegisterClass.OTHER_FIRMWARE);
        assertThat(RegisterClass.of(KnownRegisters.DBGDTRTX)).isEqualTo(RegisterClass.OTHER);
    }
}
