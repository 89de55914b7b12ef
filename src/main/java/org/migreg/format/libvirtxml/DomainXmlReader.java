package org.migreg.format.libvirtxml;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.migreg.policy.exchange.QemuArguments;
import org.migreg.policy.exchange.UnreadableTableException;

/**
 * Reads a libvirt domain ({@code virsh dumpxml}, also inside {@code domstatus} or a snapshot). Document
 * type declarations are refused, so that no entity can reach a file, a network or memory.
 */
public final class DomainXmlReader {

    private static final int DEEPEST_NESTING = 100;
    private static final int LONGEST_TEXT = 10_000_000;

    private record Argument(String text, Location place) {}

    private final Deque<String> path = new ArrayDeque<>();
    private final List<Argument> arguments = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private @Nullable String name;
    private @Nullable String machineType;
    private @Nullable String cpuMode;
    private @Nullable String cpuModel;
    private @Nullable String emulator;
    private int domains;

    private DomainXmlReader() {}

    /**
     * @throws UnreadableTableException with line and column, if the text is not XML, has no domain or
     *     several, or its arguments are such as QEMU refuses
     */
    public static DomainReading read(String xml) {
        if (xml.length() > LONGEST_TEXT) {
            throw new UnreadableTableException(0, 0, "the text is longer than 10,000,000 characters");
        }
        DomainXmlReader reader = new DomainXmlReader();
        try {
            reader.elements(factory().createXMLStreamReader(new StringReader(xml)));
        } catch (XMLStreamException malformed) {
            Location location = malformed.getLocation();
            throw new UnreadableTableException(
                    location == null ? 0 : Math.max(0, location.getLineNumber()),
                    location == null ? 0 : Math.max(0, location.getColumnNumber()),
                    "the text is not well-formed XML: " + reason(malformed));
        }
        return reader.reading();
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    private static String reason(XMLStreamException malformed) {
        String message = String.valueOf(malformed.getMessage());
        int start = message.indexOf("Message: ");
        return (start < 0 ? message : message.substring(start + 9))
                .lines()
                .findFirst()
                .orElse("no reason given");
    }

    private void elements(XMLStreamReader xml) throws XMLStreamException {
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> start(xml);
                case XMLStreamConstants.END_ELEMENT -> end();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(xml.getText());
                case XMLStreamConstants.DTD ->
                    throw refused(
                            xml.getLocation(), "a document type declaration has no place in a domain: leave it out");
                case XMLStreamConstants.ENTITY_REFERENCE ->
                    throw refused(xml.getLocation(), "the entity &" + xml.getLocalName() + "; is not known");
                default -> {}
            }
        }
    }

    private void start(XMLStreamReader xml) {
        boolean qemu = DomainXmlWriter.NAMESPACE.equals(xml.getNamespaceURI());
        String element = (qemu ? "qemu:" : "") + xml.getLocalName();
        if (element.equals("domain")) {
            domains++;
            if (domains > 1) {
                throw refused(xml.getLocation(), "a second domain stands here: read one at a time");
            }
            path.clear();
        }
        path.addLast(element);
        if (path.size() > DEEPEST_NESTING) {
            throw refused(xml.getLocation(), "elements are nested more than 100 deep");
        }
        text.setLength(0);
        switch (String.join("/", path)) {
            case "domain/os/type" -> machineType = xml.getAttributeValue(null, "machine");
            case "domain/cpu" -> cpuMode = xml.getAttributeValue(null, "mode");
            case "domain/qemu:commandline/qemu:arg" -> {
                String value = xml.getAttributeValue(null, "value");
                if (value == null) {
                    throw refused(xml.getLocation(), "this qemu:arg has no value: write <qemu:arg value='...'/>");
                }
                arguments.add(new Argument(value, xml.getLocation()));
            }
            case "domain/qemu:override/qemu:device/qemu:frontend/qemu:property" -> {
                String property = xml.getAttributeValue(null, "name");
                if (property != null && property.startsWith("x-mig-")) {
                    throw refused(
                            xml.getLocation(),
                            "qemu:override sets properties of devices that have an alias, and CPUs have none: put "
                                    + property + " into qemu:commandline, after -global");
                }
            }
            case "domain/commandline", "domain/commandline/arg" ->
                throw refused(
                        xml.getLocation(),
                        "libvirt passes over this element, which is not in its QEMU namespace: write" + " xmlns:qemu='"
                                + DomainXmlWriter.NAMESPACE + "' and qemu:" + element);
            default -> {}
        }
    }

    private void end() {
        switch (String.join("/", path)) {
            case "domain/name" -> name = text.toString().strip();
            case "domain/cpu/model" -> cpuModel = text.toString().strip();
            case "domain/devices/emulator" -> emulator = text.toString().strip();
            default -> {}
        }
        path.pollLast();
        text.setLength(0);
    }

    private DomainReading reading() {
        if (domains == 0) {
            throw new UnreadableTableException(1, 1, "there is no <domain> in this XML");
        }
        try {
            List<String> all = new ArrayList<>(List.of("qemu-system-aarch64"));
            arguments.forEach(argument -> all.add(argument.text()));
            return new DomainReading(name, machineType, cpuMode, cpuModel, emulator, QemuArguments.parse(all));
        } catch (QemuArguments.RefusedArgumentException refused) {
            throw refused(
                    arguments.get(refused.argument() - 1).place(),
                    "at position " + refused.position() + " of this argument: " + refused.getMessage());
        }
    }

    private static UnreadableTableException refused(Location place, String message) {
        return new UnreadableTableException(
                Math.max(0, place.getLineNumber()), Math.max(0, place.getColumnNumber()), message);
    }
}
