package org.migreg.format.libvirtxml;

import org.jspecify.annotations.Nullable;
import org.migreg.policy.exchange.QemuArguments;
import org.migreg.policy.exchange.TableImport;
import org.migreg.policy.exchange.UnreadableTableException;

/**
 * What a domain says of machine type, CPU and compat properties.
 *
 * @param name the domain's name
 * @param machineType from {@code <os><type machine=''>}
 * @param cpuMode {@code host-passthrough}, {@code custom} and so on, from {@code <cpu mode=''>}
 * @param cpuModel from {@code <cpu><model>}
 * @param emulator from {@code <devices><emulator>}
 * @param arguments what the arguments in {@code <qemu:commandline>} say
 */
public record DomainReading(
        @Nullable String name,
        @Nullable String machineType,
        @Nullable String cpuMode,
        @Nullable String cpuModel,
        @Nullable String emulator,
        QemuArguments arguments) {

    private static final String RATIONALE = "Imported from a libvirt domain, which gives no reasons.";

    /**
     * The compat properties as entries for every host.
     *
     * @param machineTypeIfNone the machine type if the domain names none, or one for the newest
     * @throws UnreadableTableException if no machine type is known
     */
    public TableImport toImport(@Nullable String machineTypeIfNone) {
        try {
            boolean names = machineType != null && !(machineType.equals("virt") && machineTypeIfNone != null);
            return arguments.toImport(names ? machineType : machineTypeIfNone, RATIONALE);
        } catch (IllegalArgumentException refused) {
            throw new UnreadableTableException(0, 0, String.valueOf(refused.getMessage()));
        }
    }
}
