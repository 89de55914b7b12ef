package org.migreg.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.migreg.api.RunningService.Answer;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import tools.jackson.databind.JsonNode;

/** The history of the tables over HTTP: compared, undone, explained, followed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HistoryApiTests {

    private static final String REVISIONS = "/api/v1/revisions";
    private static final String MACHINE_TYPES = "/api/v1/machine-types";
    private static final String ATOM = "http://www.w3.org/2005/Atom";

    private RunningService service;

    @BeforeAll
    void start(@TempDir Path directory) {
        service = new RunningService(directory);
    }

    @AfterAll
    void stop() {
        service.close();
    }

    private long newestRevision() {
        JsonNode revisions = service.get(REVISIONS + "?limit=1000").json();
        return revisions.get(revisions.size() - 1).get("number").asLong();
    }

    /** Makes a machine type; gives the revision that did. */
    private long machineType(String name, String parent) {
        Answer made = service.write(
                "POST",
                MACHINE_TYPES,
                "{\"name\": \"" + name + "\", \"inheritsFrom\": " + (parent == null ? null : "\"" + parent + "\"")
                        + "}");
        assertThat(made.status()).isEqualTo(201);
        return made.json().get("revision").asLong();
    }

    private static String entry(String range, String rationale) {
        return """
                {"property": "x-mig-hidden-regs", "register": "PMMIR_EL1", "rationale": "%s",
                 "kernels": {"stream": "upstream", "range": "%s"}}""".formatted(rationale, range);
    }

    private long add(String machineType, String range, String rationale, String author, String reason) {
        return service.write(
                        "POST",
                        MACHINE_TYPES + "/" + machineType + "/entries",
                        entry(range, rationale),
                        "X-Migreg-Author",
                        author,
                        "X-Migreg-Reason",
                        reason)
                .json()
                .get("id")
                .asLong();
    }

    private void replace(String machineType, long id, String range, String rationale) {
        assertThat(service.write(
                                "PUT",
                                MACHINE_TYPES + "/" + machineType + "/entries/" + id,
                                entry(range, rationale),
                                "If-Match",
                                "*")
                        .status())
                .isEqualTo(200);
    }

    private static List<String> sentences(JsonNode answer) {
        return answer.get("difference")
                .get("changes")
                .valueStream()
                .map(change -> change.get("sentence").asString())
                .toList();
    }

    @Test
    void anyTwoRevisionsAreComparedInBothDirections() {
        long before = newestRevision();
        machineType("virt-cmp", null);
        long id = add("virt-cmp", ">=7.3", "first", "alice", "new kernel");
        long added = newestRevision();
        replace("virt-cmp", id, ">=7.2", "first");
        long changed = newestRevision();

        String entry = "entry " + id + " of virt-cmp (x-mig-hidden-regs, PMMIR_EL1, upstream/>=";
        assertThat(sentences(service.get(REVISIONS + "/compare?from=" + before + "&to=" + changed)
                        .json()))
                .containsExactly("machine type virt-cmp added", entry + "7.2) added");
        assertThat(sentences(service.get(REVISIONS + "/compare?from=" + changed + "&to=" + before)
                        .json()))
                .containsExactly("machine type virt-cmp removed", entry + "7.2) removed");
        JsonNode diff = service.get(REVISIONS + "/" + changed + "/diff").json();
        assertThat(sentences(diff))
                .containsExactly(entry + "7.3) changed: kernels from 'upstream/>=7.3' to 'upstream/>=7.2'");
        JsonNode change = diff.get("difference").get("changes").get(0);
        assertThat(change.get("before").get("kernels").get("range").asString()).isEqualTo(">=7.3");
        assertThat(change.get("fields").get(0).get("field").asString()).isEqualTo("kernels");
        assertThat(service.get(REVISIONS + "/" + added + "/diff")
                        .json()
                        .get("revision")
                        .get("author")
                        .asString())
                .isEqualTo("alice");
        assertThat(sentences(service.get(REVISIONS + "/3/diff").json()))
                .as("captures changed")
                .isEmpty();
        assertThat(service.get(REVISIONS + "/compare?from=1&to=999999").problem())
                .isEqualTo("unknown-revision");
        assertThat(service.get(REVISIONS + "/compare?from=-1&to=1").problem()).isEqualTo("unknown-revision");
        assertThat(service.get(REVISIONS + "/999999/diff").problem()).isEqualTo("unknown-revision");
    }

    @Test
    void aRevisionIsUndoneByANewOneAlthoughOthersFollowed() {
        machineType("virt-undo", null);
        long id = add("virt-undo", ">=7.3", "right", "alice", "new kernel");
        replace("virt-undo", id, ">=7.2", "wrong");
        long wrong = newestRevision();
        machineType("virt-undo-later", null);

        Answer undone = service.write("POST", REVISIONS + "/" + wrong + "/revert", null, "X-Migreg-Author", "eva");
        assertThat(undone.status()).isEqualTo(200);
        assertThat(undone.json().get("revision").get("number").asLong())
                .isEqualTo(wrong + 2)
                .isEqualTo(newestRevision());
        assertThat(undone.json().get("revision").get("reason").asString())
                .startsWith("Revert revision " + wrong + " of admin: ");
        JsonNode entry = service.get(MACHINE_TYPES + "/virt-undo/entries/" + id).json();
        assertThat(entry.get("kernels").get("range").asString()).isEqualTo(">=7.3");
        assertThat(entry.get("rationale").asString()).isEqualTo("right");
        assertThat(service.get(MACHINE_TYPES + "/virt-undo-later").status()).isEqualTo(200);
        assertThat(service.write("POST", REVISIONS + "/" + wrong + "/revert", null)
                        .problem())
                .as("a second time")
                .isEqualTo("nothing-to-change");
        assertThat(service.write("POST", REVISIONS + "/3/revert", null).problem())
                .as("captures")
                .isEqualTo("nothing-to-change");
        assertThat(service.write("POST", REVISIONS + "/999999/revert", null).problem())
                .isEqualTo("unknown-revision");
        assertThat(service.ask(REVISIONS + "/1/revert", "").problem()).isEqualTo("unauthenticated");
    }

    @Test
    void whatLaterRevisionsChangedAgainIsAConflict() {
        machineType("virt-later", null);
        long id = add("virt-later", ">=7.3", "first", "alice", "new kernel");
        long added = newestRevision();
        replace("virt-later", id, ">=7.2", "second");
        long changed = newestRevision();

        Answer refused = service.write("POST", REVISIONS + "/" + added + "/revert", null);
        assertThat(refused.problem()).isEqualTo("conflicting-change");
        JsonNode conflict = refused.json().get("conflicts").get(0);
        assertThat(conflict.get("thing").asString()).isEqualTo("entry " + id + " of virt-later");
        assertThat(conflict.get("wanted").asString()).isEqualTo("not there");
        assertThat(conflict.get("revision").get("number").asLong()).isEqualTo(changed);
        assertThat(newestRevision()).isEqualTo(changed);
    }

    @Test
    void aDeletedMachineTypeComesBackWithItsEntries() {
        machineType("virt-back", null);
        add("virt-back", ">=7.3", "kept", "alice", "new kernel");
        assertThat(service.write("DELETE", MACHINE_TYPES + "/virt-back", null, "If-Match", "*")
                        .status())
                .isEqualTo(204);
        long deleted = newestRevision();

        assertThat(service.write("POST", REVISIONS + "/" + deleted + "/revert", null)
                        .status())
                .isEqualTo(200);
        JsonNode entries =
                service.get(MACHINE_TYPES + "/virt-back/entries").json().get("items");
        assertThat(entries.size()).isEqualTo(1);
        assertThat(entries.get(0).get("rationale").asString()).isEqualTo("kept");
    }

    @Test
    void blameTellsWhoSetEachEntryInheritedOnesToo() {
        machineType("virt-blame-2", null);
        machineType("virt-blame-1", "virt-blame-2");
        long inherited = add("virt-blame-2", ">=7.3", "newer", "alice", "new kernel");
        long byAlice = newestRevision();
        long own = add("virt-blame-1", "<7.3", "older", "bob", "old kernel");

        JsonNode entries =
                service.get(MACHINE_TYPES + "/virt-blame-1/blame").json().get("entries");
        assertThat(entries.size()).isEqualTo(2);
        assertThat(entries.get(0).get("entry").get("id").asLong()).isEqualTo(own);
        assertThat(entries.get(0).get("inherited").asBoolean()).isFalse();
        assertThat(entries.get(0).get("revision").get("author").asString()).isEqualTo("bob");
        assertThat(entries.get(1).get("entry").get("id").asLong()).isEqualTo(inherited);
        assertThat(entries.get(1).get("inherited").asBoolean()).isTrue();
        assertThat(entries.get(1).get("revision").get("reason").asString()).isEqualTo("new kernel");
        assertThat(service.get(MACHINE_TYPES + "/virt-blame-1/blame?revision=" + byAlice)
                        .json()
                        .get("entries")
                        .size())
                .isEqualTo(1);
        assertThat(service.get(MACHINE_TYPES + "/virt-0.0/blame").problem()).isEqualTo("unknown-machine-type");
    }

    @Test
    void revisionsAreAFeedForReadersOfAtom() throws Exception {
        machineType("virt-atom", null);
        add("virt-atom", ">=7.3", "why", "A & B", "a <new>\\nkernel");
        long newest = newestRevision();

        Answer answer = service.get(REVISIONS + "?limit=2", "Accept", "application/atom+xml");
        assertThat(answer.header("Content-Type")).isEqualTo("application/atom+xml");
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        Document feed = factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(answer.text().getBytes(StandardCharsets.UTF_8)));
        assertThat(feed.getDocumentElement().getLocalName()).isEqualTo("feed");
        var entries = feed.getElementsByTagNameNS(ATOM, "entry");
        assertThat(entries.getLength()).isEqualTo(2);
        Element first = (Element) entries.item(0);
        assertThat(text(first, "title")).startsWith(newest + ": a <new>");
        assertThat(text(first, "name")).isEqualTo("A & B");
        assertThat(text(first, "id")).startsWith("urn:uuid:");
        assertThat(((Element) first.getElementsByTagNameNS(ATOM, "link").item(0)).getAttribute("href"))
                .isEqualTo(service.address() + REVISIONS + "/" + newest);
        assertThat(service.get(REVISIONS + "?limit=2&format=atom").text()).isEqualTo(answer.text());
    }

    private static String text(Element element, String name) {
        return element.getElementsByTagNameNS(ATOM, name).item(0).getTextContent();
    }

    @Test
    void revisionsAreAJsonFeedOrPlainJson() {
        machineType("virt-feed", null);
        long newest = newestRevision();

        Answer answer = service.get(REVISIONS, "Accept", "application/feed+json");
        assertThat(answer.header("Content-Type")).isEqualTo("application/feed+json");
        JsonNode feed = answer.json();
        assertThat(feed.get("version").asString()).isEqualTo("https://jsonfeed.org/version/1.1");
        JsonNode first = feed.get("items").get(0);
        assertThat(first.get("url").asString()).isEqualTo(service.address() + REVISIONS + "/" + newest);
        assertThat(first.get("content_text").asString()).isEqualTo("Create machine type virt-feed");
        assertThat(first.get("authors").get(0).get("name").asString()).isEqualTo("admin");
        assertThat(service.get(REVISIONS + "?format=feed&since=" + newest)
                        .json()
                        .get("items"))
                .isEmpty();
        assertThat(service.get(REVISIONS + "?limit=1", "Accept", "*/*").json().isArray())
                .isTrue();
        assertThat(service.get(REVISIONS, "Accept", "text/html").problem()).isEqualTo("not-acceptable");
        assertThat(service.get(REVISIONS + "?format=rss").problem()).isEqualTo("invalid-field");
    }

    @Test
    void whatIsNewSinceATimeIsAskedForLikeWhatIsNewSinceARevision() {
        JsonNode all = service.get(REVISIONS + "?limit=1000").json();
        JsonNode newest = all.get(all.size() - 1);
        assertThat(service.get(REVISIONS + "?since=2020-01-01T00:00:00Z&limit=1000")
                        .json())
                .isEqualTo(all);
        assertThat(service.get(REVISIONS + "?since=" + newest.get("at").asString())
                        .json())
                .isEmpty();
        assertThat(service.get(REVISIONS + "?since=2020-01-01T02:00:00%2B02:00&format=feed&limit=1")
                        .json()
                        .get("items")
                        .size())
                .isEqualTo(1);
        for (String wrong : new String[] {"yesterday", "-1", "2026-11-26", "99999999999999999999"}) {
            assertThat(service.get(REVISIONS + "?since=" + wrong)
                            .json()
                            .get("field")
                            .asString())
                    .isEqualTo("since");
        }
    }
}
