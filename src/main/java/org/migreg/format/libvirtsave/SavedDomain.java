package org.migreg.format.libvirtsave;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.UnreadableCaptureException;

/**
 * What the domain's XML in a save image tells. What it does not tell is null.
 *
 * <p>Source: libvirt's page "Domain XML format".
 *
 * @param type {@code kvm} or {@code qemu}, which is TCG
 * @param architecture {@code aarch64} or {@code armv7l} for arm guests
 * @param machineType such as {@code virt-10.1}
 * @param cpuMode such as {@code host-passthrough}
 * @param cpuModel such as {@code cortex-a57}; null with {@code host-passthrough}
 * @param emulator the path of QEMU on the host
 */
record SavedDomain(
        @Nullable String type,
        @Nullable String name,
        @Nullable String architecture,
        @Nullable String machineType,
        @Nullable String cpuMode,
        @Nullable String cpuModel,
        @Nullable String emulator) {

    private static final int DEEPEST = 50;
    private static final int LONGEST_TEXT = 4096;

    /**
     * @param xml the document, without what follows it
     * @param position its offset in the image, for messages
     */
    static SavedDomain parse(byte[] xml, long position) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        try {
            // Decoded here, as the JDK's parser prints malformed bytes to the standard error.
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(xml))
                    .toString();
            XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(text));
            try {
                return domain(reader, position);
            } finally {
                reader.close();
            }
        } catch (CharacterCodingException e) {
            throw LibvirtSaveReader.refused(
                    position, "the domain's XML in the save image is malformed: it is not UTF-8");
        } catch (UnreadableCaptureException e) {
            throw e;
        } catch (XMLStreamException | RuntimeException e) {
            // The JDK's parser throws more than its interface says for some malformed documents.
            throw LibvirtSaveReader.refused(
                    position,
                    "the domain's XML in the save image is malformed: "
                            + String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
        }
    }

    private static SavedDomain domain(XMLStreamReader reader, long position) throws XMLStreamException {
        Deque<String> open = new ArrayDeque<>();
        Map<String, String> found = new HashMap<>();
        StringBuilder text = new StringBuilder();
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw LibvirtSaveReader.refused(
                            position,
                            "the domain's XML in the save image has a document type or entities; libvirt writes neither");
                case XMLStreamConstants.START_ELEMENT -> {
                    String path = open.isEmpty() ? reader.getLocalName() : open.peek() + "/" + reader.getLocalName();
                    if (open.size() == DEEPEST || path.length() > LONGEST_TEXT) {
                        throw LibvirtSaveReader.refused(
                                position,
                                "the domain's XML in the save image nests deeper than " + DEEPEST + " elements");
                    }
                    if (open.isEmpty() && !path.equals("domain")) {
                        throw LibvirtSaveReader.refused(
                                position,
                                "the XML in the save image is no domain: its element is '" + brief(path) + "'");
                    }
                    open.push(path);
                    text.setLength(0);
                    attribute(reader, path, "domain", "type", found);
                    attribute(reader, path, "domain/os/type", "arch", found);
                    attribute(reader, path, "domain/os/type", "machine", found);
                    attribute(reader, path, "domain/cpu", "mode", found);
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    String path = open.pop();
                    switch (path) {
                        case "domain/name", "domain/cpu/model", "domain/devices/emulator" ->
                            found.putIfAbsent(path, text.toString().strip());
                        default -> {}
                    }
                    text.setLength(0);
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (text.length() + reader.getTextLength() <= LONGEST_TEXT) {
                        text.append(reader.getText());
                    }
                }
                default -> {}
            }
        }
        return new SavedDomain(
                found.get("domain@type"),
                found.get("domain/name"),
                found.get("domain/os/type@arch"),
                found.get("domain/os/type@machine"),
                found.get("domain/cpu@mode"),
                found.get("domain/cpu/model"),
                found.get("domain/devices/emulator"));
    }

    private static void attribute(
            XMLStreamReader reader, String path, String element, String name, Map<String, String> found) {
        if (path.equals(element)) {
            String value = reader.getAttributeValue(null, name);
            if (value != null && value.length() <= LONGEST_TEXT) {
                found.putIfAbsent(element + "@" + name, value);
            }
        }
    }

    private static String brief(String text) {
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }
}
