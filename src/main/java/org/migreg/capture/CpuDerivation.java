package org.migreg.capture;

import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.qemu.CpuOptions;
import org.migreg.register.KnownRegisters;
import org.migreg.register.RegisterFields;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterList;
import org.migreg.register.RegisterNames;

/**
 * The list of a guest with other CPU options than the one that a list was taken from, where it follows exactly: each
 * property takes away the registers of its feature, and the fields that tell of it in the identification registers.
 * Measured with QEMU 11.1.3 on kernels 6.1, 6.12, 6.18 and 7.3; only for kernels from 6.1 on.
 */
public sealed interface CpuDerivation {

    /** The list. */
    record Derived(RegisterList registers) implements CpuDerivation {}

    /**
     * It does not follow.
     *
     * @param why half a sentence
     */
    record NotKnown(String why) implements CpuDerivation {}

    Pattern PSCI = Pattern.compile("([0-9]{1,3})\\.([0-9]{1,3})");

    /** Fields that say 0 without the PMU. */
    Map<RegisterId, Long> OF_PMU = Map.ofEntries(
            fields(KnownRegisters.ID_DFR0_EL1, "PerfMon"), fields(KnownRegisters.ID_AA64DFR0_EL1, "PMUVer"));

    Map<RegisterId, Long> OF_SVE = Map.ofEntries(
            fields(KnownRegisters.ID_AA64PFR0_EL1, "SVE"), Map.entry(RegisterNames.require("ID_AA64ZFR0_EL1"), -1L));

    Map<RegisterId, Long> OF_POINTER_AUTHENTICATION = Map.ofEntries(
            fields(RegisterNames.require("ID_AA64ISAR1_EL1"), "APA", "API", "GPA", "GPI"),
            fields(RegisterNames.require("ID_AA64ISAR2_EL1"), "GPA3", "APA3"));

    private static Map.Entry<RegisterId, Long> fields(RegisterId register, String... names) {
        long bits = 0;
        for (String name : names) {
            bits |= RegisterFields.require(register, name).mask();
        }
        return Map.entry(register, bits);
    }

    /**
     * @param registers the list of a guest with {@code captured}
     * @param kernel the kernel that it is from
     */
    static CpuDerivation of(
            RegisterList registers, CpuOptions captured, CpuOptions wanted, @Nullable KernelRelease kernel) {
        if (captured.equals(wanted)) {
            return new Derived(registers);
        }
        if (!captured.model().equals(wanted.model())) {
            return new NotKnown("the list was taken from a guest with -cpu " + captured + ", not " + wanted);
        }
        if (!isMeasured(kernel)) {
            return new NotKnown("what -cpu " + wanted + " takes from a list is only known for kernels from 6.1 on");
        }
        RegisterList derived = registers;
        TreeSet<String> names = new TreeSet<>(captured.properties().keySet());
        names.addAll(wanted.properties().keySet());
        for (String name : names) {
            String before = captured.properties().get(name);
            String after = wanted.properties().get(name);
            if (Objects.equals(before, after)) {
                continue;
            }
            boolean off = before == null && "off".equals(after);
            RegisterList changed = switch (name) {
                case CpuOptions.PMU -> off ? without(derived, OF_PMU, RegisterId::isOfThePmu) : null;
                case CpuOptions.SVE -> off ? without(derived, OF_SVE, RegisterNames.require("ZCR_EL1")::equals) : null;
                case CpuOptions.POINTER_AUTHENTICATION ->
                    off ? without(derived, OF_POINTER_AUTHENTICATION, CpuDerivation::isPointerKey) : null;
                case CpuOptions.PSCI_VERSION -> after == null ? null : withPsci(derived, after);
                // Only clocks differ.
                case "kvm-steal-time", "kvm-no-adjvtime" -> derived;
                default -> null;
            };
            if (changed == null) {
                return new NotKnown("the list was taken from a guest with -cpu " + captured
                        + ", from which that of a guest with -cpu " + wanted + " does not follow (" + name + ")");
            }
            derived = changed;
        }
        return new Derived(derived);
    }

    private static boolean isMeasured(@Nullable KernelRelease kernel) {
        return kernel != null && kernel.isSurelyUpstream(6, 1);
    }

    /** APIAKEYLO_EL1 to APGAKEYHI_EL1. */
    private static boolean isPointerKey(RegisterId register) {
        String name = register.name();
        return name.startsWith("AP") && (name.endsWith("KEYLO_EL1") || name.endsWith("KEYHI_EL1"));
    }

    private static RegisterList without(
            RegisterList registers, Map<RegisterId, Long> fields, Predicate<RegisterId> gone) {
        RegisterList.Builder builder = RegisterList.builder();
        for (int i = 0; i < registers.size(); i++) {
            RegisterId id = registers.registerAt(i);
            if (gone.test(id)) {
                continue;
            }
            if (registers.hasValueAt(i)) {
                builder.add(id, registers.valueAt(i) & ~fields.getOrDefault(id, 0L));
            } else {
                builder.add(id);
            }
        }
        return builder.build();
    }

    /** The guest is given an older version than the host has, never a newer one. */
    private static @Nullable RegisterList withPsci(RegisterList registers, String version) {
        Matcher numbers = PSCI.matcher(version);
        OptionalLong own = registers.valueOf(KnownRegisters.PSCI_VERSION);
        if (!numbers.matches() || own.isEmpty()) {
            return null;
        }
        long wanted = Long.parseLong(numbers.group(1)) << 16 | Long.parseLong(numbers.group(2));
        if (wanted > own.getAsLong()) {
            return null;
        }
        RegisterList.Builder builder = RegisterList.builder();
        for (int i = 0; i < registers.size(); i++) {
            RegisterId id = registers.registerAt(i);
            if (id.equals(KnownRegisters.PSCI_VERSION)) {
                builder.add(id, wanted);
            } else if (registers.hasValueAt(i)) {
                builder.add(id, registers.valueAt(i));
            } else {
                builder.add(id);
            }
        }
        return builder.build();
    }
}
