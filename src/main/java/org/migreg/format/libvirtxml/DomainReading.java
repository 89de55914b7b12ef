package org.migreg.format.libvirtxml;

import org.jspecify.annotations.Nullable;
import org.migreg.format.domainxml.DomainXml;
import org.migreg.policy.exchange.QemuArguments;
import org.migreg.policy.exchange.TableImport;
import org.migreg.policy.exchange.UnreadableTableException;

/**
 * What a domain says of machine type, CPU and compat properties.
 *
 * @param arguments what the arguments in {@code <qemu:commandline>} say
 */
public record DomainReading(DomainXml domain, QemuArguments arguments) {

    private static final String RATIONALE = "Imported from a libvirt domain, which gives no reasons.";

    /**
     * The compat properties as entries for every host.
     *
     * @param machineTypeIfNone the machine type if the domain names none, or one for the newest
     * @throws UnreadableTableException if no machine type is known
     */
    public TableImport toImport(@Nullable String machineTypeIfNone) {
        String machineType = domain.machineType();
        try {
            boolean names = machineType != null && !(machineType.equals("virt") && machineTypeIfNone != null);
            return arguments.toImport(names ? machineType : machineTypeIfNone, RATIONALE);
        } catch (IllegalArgumentException refused) {
            throw new UnreadableTableException(0, 0, String.valueOf(refused.getMessage()));
        }
    }
}
