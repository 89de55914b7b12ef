package org.migreg.api.history;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.migreg.contract.history.JsonFeedView;
import org.migreg.history.Revision;

/**
 * Revisions as feeds, newest first: Atom (RFC 4287) and JSON Feed 1.1.
 *
 * @param address where the revisions are, such as {@code https://migreg.example.org/api/v1/revisions}
 */
record RevisionFeed(String address, List<Revision> revisions) {

    private static final String TITLE = "migreg revisions";
    private static final String ATOM = "http://www.w3.org/2005/Atom";
    private static final int LONGEST_TITLE = 120;

    JsonFeedView toJson() {
        return new JsonFeedView(
                JsonFeedView.VERSION,
                TITLE,
                address + "?format=feed",
                revisions.stream()
                        .map(revision -> new JsonFeedView.ItemView(
                                id(revision),
                                link(revision),
                                title(revision),
                                revision.reason(),
                                revision.at(),
                                List.of(new JsonFeedView.AuthorView(revision.author())),
                                List.of(category(revision))))
                        .toList());
    }

    byte[] toAtom() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            XMLStreamWriter xml =
                    XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
            xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
            xml.writeStartElement("feed");
            xml.writeDefaultNamespace(ATOM);
            element(xml, "id", urn("migreg revisions"));
            element(xml, "title", TITLE);
            element(
                    xml,
                    "updated",
                    (revisions.isEmpty() ? Instant.EPOCH : revisions.getFirst().at()).toString());
            link(xml, "self", address + "?format=atom");
            for (Revision revision : revisions) {
                entry(xml, revision);
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException("a feed is written to memory", impossible);
        }
        return bytes.toByteArray();
    }

    private void entry(XMLStreamWriter xml, Revision revision) throws XMLStreamException {
        xml.writeStartElement("entry");
        element(xml, "id", id(revision));
        element(xml, "title", title(revision));
        element(xml, "updated", revision.at().toString());
        xml.writeStartElement("author");
        element(xml, "name", revision.author());
        xml.writeEndElement();
        link(xml, "alternate", link(revision));
        xml.writeEmptyElement("category");
        xml.writeAttribute("term", category(revision));
        element(xml, "content", revision.reason());
        xml.writeEndElement();
    }

    private static void element(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(writable(text));
        xml.writeEndElement();
    }

    private static void link(XMLStreamWriter xml, String relation, String address) throws XMLStreamException {
        xml.writeEmptyElement("link");
        xml.writeAttribute("rel", relation);
        xml.writeAttribute("href", address);
    }

    /** XML 1.0 has no control characters but tab and line ends, not even escaped. */
    private static String writable(String text) {
        StringBuilder writable = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c < 0x20 && c != '\t' && c != '\n' && c != '\r' || c == 0xFFFE || c == 0xFFFF ? 0xFFFD : c)
                .forEach(writable::appendCodePoint);
        return writable.toString();
    }

    /** The same at every address under which this registry is reached. */
    private static String id(Revision revision) {
        return urn(revision.number() + " " + revision.at() + " " + revision.author());
    }

    private static String urn(String name) {
        return "urn:uuid:" + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    private String link(Revision revision) {
        return address + "/" + revision.number();
    }

    private static String title(Revision revision) {
        String line = revision.reason().lines().findFirst().orElse("");
        String shown = line.codePointCount(0, line.length()) <= LONGEST_TITLE
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST_TITLE - 3)) + "...";
        return revision.number() + ": " + shown;
    }

    private static String category(Revision revision) {
        return revision.kind().name().toLowerCase(Locale.ROOT);
    }
}
