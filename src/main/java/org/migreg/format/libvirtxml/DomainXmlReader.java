package org.migreg.format.libvirtxml;

import java.util.ArrayList;
import java.util.List;
import org.migreg.format.domainxml.DomainXml;
import org.migreg.policy.exchange.QemuArguments;
import org.migreg.policy.exchange.UnreadableTableException;

/** Reads what a libvirt domain hands to QEMU. */
public final class DomainXmlReader {

    private static final int LONGEST_TEXT = 10_000_000;

    private DomainXmlReader() {}

    /**
     * @throws UnreadableTableException with line and column, if the text is not XML, has no domain or
     *     several, or its arguments are such as QEMU refuses
     */
    public static DomainReading read(String xml) {
        if (xml.length() > LONGEST_TEXT) {
            throw new UnreadableTableException(0, 0, "the text is longer than 10,000,000 characters");
        }
        DomainXml domain = DomainXml.parse(xml);
        if (!domain.problems().isEmpty()) {
            throw new UnreadableTableException(domain.problems());
        }
        List<String> command = new ArrayList<>(List.of("qemu-system-aarch64"));
        domain.arguments().forEach(argument -> command.add(argument.text()));
        try {
            return new DomainReading(domain, QemuArguments.parse(command));
        } catch (QemuArguments.RefusedArgumentException refused) {
            DomainXml.Argument argument = domain.arguments().get(refused.argument() - 1);
            throw new UnreadableTableException(
                    argument.line(),
                    argument.column(),
                    "at position " + refused.position() + " of this argument: " + refused.getMessage());
        }
    }
}
