package org.migreg.format.libvirtxml;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.migreg.format.domainxml.DomainXml;
import org.migreg.policy.PolicyUnion;
import org.migreg.policy.exchange.QemuArguments;
import org.migreg.policy.exchange.Rendering;

/**
 * Writes what a domain needs so that its QEMU sets a policy: the machine type, and the arguments in
 * {@code <qemu:commandline>}. {@code <qemu:override>} cannot say it: it reaches devices by their alias,
 * and a domain's CPUs have none (libvirt, "QEMU/KVM hypervisor driver", section on overriding
 * properties).
 */
public final class DomainXmlWriter {

    private DomainXmlWriter() {}

    /** A domain that has what is to be set and nothing else, to be merged into a real one. */
    public static Rendering write(PolicyUnion union) {
        StringBuilder xml = new StringBuilder();
        xml.append("<domain type='kvm' xmlns:qemu='")
                .append(DomainXml.QEMU_NAMESPACE)
                .append("'>\n");
        xml.append("  <os>\n");
        xml.append("    <type arch='")
                .append(union.machineType().architecture().equals("arm") ? "armv7l" : "aarch64")
                .append("' machine='")
                .append(union.machineType().name())
                .append("'>hvm</type>\n");
        xml.append("  </os>\n");
        List<String> arguments = QemuArguments.setting(union, QemuArguments.Form.GLOBAL, "host");
        List<String> notCarried = new ArrayList<>();
        if (!arguments.isEmpty()) {
            notCarried.add("<qemu:override> cannot set these properties, since CPUs have no alias;"
                    + " libvirt marks a domain with <qemu:commandline> as tainted");
            xml.append("  <qemu:commandline>\n");
            for (String argument : arguments) {
                xml.append("    <qemu:arg value='").append(argument).append("'/>\n");
            }
            xml.append("  </qemu:commandline>\n");
        }
        xml.append("</domain>\n");
        return Rendering.of(union, xml.toString(), Set.of(), notCarried);
    }
}
