package org.migreg.register;

import java.util.List;
import java.util.function.Predicate;

/**
 * What kernels and QEMU versions did to registers, as far as it is known: why one host lists a register, or offers a
 * value, and another does not. Also where no entry answers it.
 */
public final class RegisterHistory {

    private record Event(Predicate<RegisterId> registers, String sentence) {}

    private static final List<Event> EVENTS = List.of(
            new Event(
                    named("TCR2_EL1").or(named("PIRE0_EL1")).or(named("PIR_EL1")),
                    "Linux 6.7 to 6.12 list it for every guest, from 6.13 on only for guests that have the feature"
                            + " (linux 0fcb4eea5345, a68cddbe47ef)."),
            new Event(
                    named("KVM_REG_ARM_VENDOR_HYP_BMAP_2"),
                    "Linux lists it from 6.15 or 6.16 on (linux c0000e58c74e); it is harmless while its value is 0."),
            new Event(
                    named("CNTPCT_EL0").or(named("CNTP_CTL_EL0")).or(named("CNTP_CVAL_EL0")),
                    "The physical timer: Linux 6.1 does not list it, 6.12 does, and some vendors' late 6.1 and 5.10"
                            + " kernels do, too."),
            new Event(
                    register -> register.encoding() instanceof RegisterEncoding.Demux,
                    "A cache size id: Linux 6.1 lists those that the host's CLIDR_EL1 has, later kernels list all 14."),
            new Event(named("FPMR"), "Linux 6.12 lists it on processors with the feature, older kernels do not."),
            new Event(named("PMMIR_EL1"), "Linux lists it from 7.3 on."),
            new Event(
                    RegisterId::isOfThePmu,
                    "Of the performance monitors: Linux 5.10 lists them for every guest, later kernels only for guests"
                            + " with a PMU."),
            new Event(
                    named("DBGDTRTX"),
                    "QEMU up to 11.0 lists it under TCG by mistake, for CPUs from ARMv7 on; 11.1 does not (qemu"
                            + " 655659a74a36, 4f2b82f604)."),
            new Event(
                    named("KVM_REG_ARM_PSCI_VERSION"),
                    "Its value is the PSCI version that the kernel offers: 1.3 from Linux 6.13 on."));

    private RegisterHistory() {}

    /** A sentence for each event about the register; empty where none is known. */
    public static List<String> of(RegisterId register) {
        return EVENTS.stream()
                .filter(event -> event.registers().test(register))
                .map(Event::sentence)
                .toList();
    }

    private static Predicate<RegisterId> named(String name) {
        return RegisterNames.require(name)::equals;
    }
}
