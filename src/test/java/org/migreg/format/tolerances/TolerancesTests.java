package org.migreg.format.tolerances;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.policy.PolicyUnion.Scope;
import org.migreg.policy.ProposedTables;
import org.migreg.policy.exchange.Rendering;

class TolerancesTests {

    @Test
    void safeMissingBecomesATolerance() {
        Rendering rendering = TolerancesWriter.write(ProposedTables.forHost(
                ProposedTables.policies(ProposedTables.ofTheSeries()),
                "virt-10.1",
                Scope.MERGED,
                KernelRelease.parse("6.16.3")));
        assertThat(rendering.text()).isEqualTo("""
                static void virt_10_1_set_cpreg_mig_tolerances(ARMCPU *cpu)
                {
                    /*
                     * KVM_REG_ARM_VENDOR_HYP_BMAP_2 (0x6030000000160003) is hidden in the
                     * table. A tolerance cannot hide a register: it is still sent, and
                     * compared where both ends have it. KVM exposes it from 6.15 on.
                     */
                    /*
                     * DBGDTRTX (0x40200000200e0298): Bogus AArch32 register. QEMU up to
                     * 11.0 lists it under TCG.
                     */
                    arm_register_cpreg_mig_tolerance(cpu, 0x40200000200e0298ULL,
                                                     UINT64_MAX, 0,
                                                     ToleranceOnlySrcTestValue);
                    /*
                     * TCR2_EL1 (0x603000000013c103): Exposed unconditionally before 6.13.
                     */
                    arm_register_cpreg_mig_tolerance(cpu, ARM64_SYS_REG(3, 0, 2, 0, 3),
                                                     0, 0, ToleranceNotOnBothEnds);
                    /*
                     * PIRE0_EL1 (0x603000000013c512): Exposed unconditionally before 6.13.
                     */
                    arm_register_cpreg_mig_tolerance(cpu, ARM64_SYS_REG(3, 0, 10, 2, 2),
                                                     0, 0, ToleranceNotOnBothEnds);
                    /*
                     * PIR_EL1 (0x603000000013c513): Exposed unconditionally before 6.13.
                     */
                    arm_register_cpreg_mig_tolerance(cpu, ARM64_SYS_REG(3, 0, 10, 2, 3),
                                                     0, 0, ToleranceNotOnBothEnds);
                }
                """);
        assertThat(rendering.notCarried())
                .containsExactly(
                        "x-mig-hidden-regs has no equivalent: KVM_REG_ARM_VENDOR_HYP_BMAP_2 (0x6030000000160003) is still"
                                + " sent and compared; on destinations without it, a tolerance there would have to let it"
                                + " pass",
                        "tolerances are compiled in: they hold for every machine type and host kernel of that QEMU, not"
                                + " for virt-10.1 alone",
                        "QEMU 11.1.1 to 11.1.3 let the verdict on the highest extra register alone decide: a tolerated"
                                + " one lets lower ones through that are not",
                        "host kernels are not carried: KVM_REG_ARM_VENDOR_HYP_BMAP_2 is for upstream/>=6.15, TCR2_EL1 is"
                                + " for upstream/>=6.13, PIRE0_EL1 is for upstream/>=6.13, PIR_EL1 is for upstream/>=6.13",
                        "references are not carried");
    }
}
