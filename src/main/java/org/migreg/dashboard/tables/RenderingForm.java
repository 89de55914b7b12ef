package org.migreg.dashboard.tables;

import org.migreg.format.libvirtxml.DomainXmlWriter;
import org.migreg.format.qemucommandline.CommandLineWriter;
import org.migreg.format.qemusource.QemuSourceWriter;
import org.migreg.format.tolerances.TolerancesWriter;
import org.migreg.policy.PolicyUnion;
import org.migreg.policy.exchange.QemuArguments;
import org.migreg.policy.exchange.Rendering;

/** The forms of QEMU's own in which a machine type's policy can be copied. */
public enum RenderingForm {
    C("C array for hw/arm/virt.c"),
    GLOBAL("-global options"),
    LONG_GLOBAL("-global options, long form"),
    CPU("-cpu options"),
    LIBVIRT("libvirt domain XML"),
    TOLERANCES("tolerances of QEMU 11.1");

    private final String words;

    RenderingForm(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    /** @throws IllegalArgumentException where the form cannot hold the policy, saying why */
    Rendering render(PolicyUnion union) {
        return switch (this) {
            case C -> QemuSourceWriter.write(union);
            case GLOBAL -> CommandLineWriter.write(union, QemuArguments.Form.GLOBAL, "host");
            case LONG_GLOBAL -> CommandLineWriter.write(union, QemuArguments.Form.LONG_GLOBAL, "host");
            case CPU -> CommandLineWriter.write(union, QemuArguments.Form.CPU, "host");
            case LIBVIRT -> DomainXmlWriter.write(union);
            case TOLERANCES -> TolerancesWriter.write(union);
        };
    }
}
