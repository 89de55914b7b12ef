package org.migreg.format.domainxml;

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
import org.migreg.policy.exchange.UnreadableTableException;
import org.migreg.policy.exchange.UnreadableTableException.Problem;

/**
 * What a libvirt domain says ({@code virsh dumpxml}, also inside {@code domstatus} or a snapshot); what it does not
 * say is null. Document type declarations are refused, so that no entity can reach a file, a network or memory.
 *
 * <p>Source: libvirt's page "Domain XML format".
 *
 * @param type {@code kvm} or {@code qemu}, which is TCG
 * @param machineType such as {@code virt-10.1}, from {@code <os><type machine=''>}
 * @param cpuMode such as {@code host-passthrough}
 * @param cpuModel such as {@code cortex-a57}; null with {@code host-passthrough}
 * @param emulator the path of QEMU on the host
 * @param arguments in {@code <qemu:commandline>}, as far as they have a value
 * @param problems what cannot reach QEMU in the way in which it stands there
 */
public record DomainXml(
        @Nullable String type,
        @Nullable String name,
        @Nullable String machineType,
        @Nullable String cpuMode,
        @Nullable String cpuModel,
        @Nullable String emulator,
        List<Argument> arguments,
        List<Problem> problems) {

    /** The namespace of the elements that libvirt hands to QEMU, here written with the prefix {@code qemu}. */
    public static final String QEMU_NAMESPACE = "http://libvirt.org/schemas/domain/qemu/1.0";

    private static final int DEEPEST_NESTING = 50;
    private static final int LONGEST_TEXT = 4096;

    public DomainXml {
        arguments = List.copyOf(arguments);
        problems = List.copyOf(problems);
    }

    /** An argument for QEMU, and its element's place. */
    public record Argument(String text, int line, int column) {}

    /** @throws UnreadableTableException with line and column, when the text is not XML, or has no domain or several */
    public static DomainXml parse(String xml) {
        try {
            return new Parsing(factory().createXMLStreamReader(new StringReader(xml))).domain();
        } catch (UnreadableTableException refused) {
            throw refused;
        } catch (XMLStreamException malformed) {
            throw new UnreadableTableException(List.of(problem(malformed.getLocation(), malformed(malformed))));
        } catch (RuntimeException malformed) {
            // The JDK's parser throws more than its interface says for some malformed documents.
            throw new UnreadableTableException(0, 0, malformed(malformed));
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        return factory;
    }

    private static String malformed(Exception malformed) {
        String message = String.valueOf(malformed.getMessage());
        int start = message.indexOf("Message: ");
        String reason = start < 0 ? message : message.substring(start + 9);
        return "the text is not well-formed XML: " + reason.lines().findFirst().orElse("no reason given");
    }

    private static Problem problem(@Nullable Location place, String message) {
        return new Problem(
                place == null ? 0 : Math.max(0, place.getLineNumber()),
                place == null ? 0 : Math.max(0, place.getColumnNumber()),
                "",
                message);
    }

    private static final class Parsing {

        private final XMLStreamReader xml;
        private final Deque<String> open = new ArrayDeque<>();
        private final StringBuilder text = new StringBuilder();
        private final List<Argument> arguments = new ArrayList<>();
        private final List<Problem> problems = new ArrayList<>();
        private @Nullable String type;
        private @Nullable String name;
        private @Nullable String machineType;
        private @Nullable String cpuMode;
        private @Nullable String cpuModel;
        private @Nullable String emulator;
        private int domains;

        Parsing(XMLStreamReader xml) {
            this.xml = xml;
        }

        DomainXml domain() throws XMLStreamException {
            while (xml.hasNext()) {
                switch (xml.next()) {
                    case XMLStreamConstants.START_ELEMENT -> start();
                    case XMLStreamConstants.END_ELEMENT -> end();
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                        if (text.length() + xml.getTextLength() <= LONGEST_TEXT) {
                            text.append(xml.getText());
                        }
                    }
                    case XMLStreamConstants.DTD ->
                        throw refused("a document type declaration has no place in a domain: leave it out");
                    case XMLStreamConstants.ENTITY_REFERENCE ->
                        throw refused("the entity &" + xml.getLocalName() + "; is not known");
                    default -> {}
                }
            }
            if (domains == 0) {
                throw refused("there is no <domain> in this XML");
            }
            return new DomainXml(type, name, machineType, cpuMode, cpuModel, emulator, arguments, problems);
        }

        private void start() {
            String element = (QEMU_NAMESPACE.equals(xml.getNamespaceURI()) ? "qemu:" : "") + xml.getLocalName();
            String around = open.peek();
            boolean inDomain = around != null && (around.equals("domain") || around.startsWith("domain/"));
            String path = around == null || element.equals("domain") && !inDomain ? element : around + "/" + element;
            if (open.size() == DEEPEST_NESTING || path.length() > LONGEST_TEXT) {
                throw refused("the XML nests deeper than " + DEEPEST_NESTING + " elements");
            }
            open.push(path);
            text.setLength(0);
            switch (path) {
                case "domain" -> {
                    if (++domains > 1) {
                        throw refused("a second domain stands here: read one at a time");
                    }
                    type = attribute("type");
                }
                case "domain/os/type" -> machineType = attribute("machine");
                case "domain/cpu" -> cpuMode = attribute("mode");
                case "domain/qemu:commandline/qemu:arg" -> argument(attribute("value"));
                case "domain/qemu:override/qemu:device/qemu:frontend/qemu:property" -> {
                    String property = attribute("name");
                    if (property != null && property.startsWith("x-mig-")) {
                        problem("qemu:override sets properties of devices that have an alias, and CPUs have none: put "
                                + property + " into qemu:commandline, after -global");
                    }
                }
                case "domain/commandline", "domain/commandline/arg" ->
                    problem("libvirt passes over this element, which is not in its QEMU namespace: write xmlns:qemu='"
                            + QEMU_NAMESPACE + "' and qemu:" + element);
                default -> {}
            }
        }

        private void argument(@Nullable String value) {
            if (value == null) {
                problem("this qemu:arg has no value: write <qemu:arg value='...'/>");
            } else {
                Problem here = DomainXml.problem(xml.getLocation(), "");
                arguments.add(new Argument(value, here.line(), here.column()));
            }
        }

        private void end() {
            switch (open.pop()) {
                case "domain/name" -> name = text.toString().strip();
                case "domain/cpu/model" -> cpuModel = text.toString().strip();
                case "domain/devices/emulator" -> emulator = text.toString().strip();
                default -> {}
            }
            text.setLength(0);
        }

        private @Nullable String attribute(String attribute) {
            return xml.getAttributeValue(null, attribute);
        }

        private void problem(String message) {
            problems.add(DomainXml.problem(xml.getLocation(), message));
        }

        private UnreadableTableException refused(String message) {
            return new UnreadableTableException(List.of(DomainXml.problem(xml.getLocation(), message)));
        }
    }
}
