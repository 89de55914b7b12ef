package org.migreg.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.migreg.api.RunningService.Answer;
import tools.jackson.databind.JsonNode;

/** Drafts over HTTP, with the starting data: prepared, looked at, carried over, published. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DraftApiTests {

    private static final String DRAFTS = "/api/v1/drafts";
    private static final String HIDE_PMMIR = """
            {"property": "x-mig-hidden-regs", "register": "PMMIR_EL1", "rationale": "%s",
             "kernels": {"stream": "upstream", "range": ">=7.3"}}""";

    private RunningService service;

    @BeforeAll
    void start(@TempDir Path directory) {
        service = new RunningService(directory);
    }

    @AfterAll
    void stop() {
        service.close();
    }

    private Answer draft(String name, String edits) {
        return service.write(
                "POST",
                DRAFTS,
                "{\"name\": \"" + name + "\", \"description\": \"for " + name + "\", \"edits\": [" + edits + "]}",
                "X-Migreg-Author",
                "alice");
    }

    private static String add(String machineType, String rationale) {
        return "{\"op\": \"add\", \"machineType\": \"" + machineType + "\", \"entry\": "
                + HIDE_PMMIR.formatted(rationale) + "}";
    }

    private static String put(String machineType, String description) {
        return "{\"op\": \"putMachineType\", \"machineType\": \"" + machineType
                + "\", \"definition\": {\"description\": \"" + description + "\"}}";
    }

    private void machineType(String name) {
        assertThat(service.write("POST", "/api/v1/machine-types", "{\"name\": \"" + name + "\"}")
                        .status())
                .isEqualTo(201);
    }

    private Answer addEntry(String machineType, String rationale, String author) {
        return service.write(
                "POST",
                "/api/v1/machine-types/" + machineType + "/entries",
                HIDE_PMMIR.formatted(rationale),
                "X-Migreg-Author",
                author,
                "X-Migreg-Reason",
                "could not wait");
    }

    private long newestRevision() {
        JsonNode revisions = service.get("/api/v1/revisions?limit=1000").json();
        return revisions.get(revisions.size() - 1).get("number").asLong();
    }

    private static List<String> sentences(JsonNode plan) {
        return plan.get("changes")
                .valueStream()
                .map(change -> change.get("sentence").asString())
                .toList();
    }

    @Test
    void aDraftIsMadeReadChangedAndDeletedWithoutARevision() {
        long before = newestRevision();
        Answer made = draft("life", put("virt-life", "new") + "," + add("virt-life", "why"));
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.header("Location")).isEqualTo(DRAFTS + "/life");
        assertThat(made.json().get("draft").get("createdBy").asString()).isEqualTo("alice");
        assertThat(made.json().get("edits").size()).isEqualTo(2);
        Answer got = service.get(DRAFTS + "/life");
        assertThat(got.json()).isEqualTo(made.json());
        assertThat(got.header("ETag")).isEqualTo(made.header("ETag"));

        String asTable = """
                {"table": "formatVersion: 1\\nmachineTypes:\\n  - name: virt-table\\n    architecture: aarch64\\n"}""";
        Answer changed = service.write(
                "PUT", DRAFTS + "/life", asTable, "If-Match", made.header("ETag"), "X-Migreg-Author", "bob");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json().get("draft").get("changedBy").asString()).isEqualTo("bob");
        assertThat(changed.json().get("draft").get("description").asString()).isEqualTo("for life");
        assertThat(changed.json().get("edits").get(0).get("machineType").asString())
                .isEqualTo("virt-table");
        assertThat(changed.json().get("edits").size()).isEqualTo(1);
        assertThat(service.get(DRAFTS)
                        .json()
                        .get("items")
                        .valueStream()
                        .map(one -> one.get("name").asString()))
                .contains("life");

        assertThat(service.write("PUT", DRAFTS + "/life", asTable).problem()).isEqualTo("precondition-required");
        assertThat(service.write("PUT", DRAFTS + "/life", asTable, "If-Match", made.header("ETag"))
                        .problem())
                .isEqualTo("stale-version");
        assertThat(service.write("DELETE", DRAFTS + "/life", null, "If-Match", made.header("ETag"))
                        .problem())
                .isEqualTo("stale-version");
        assertThat(service.write("DELETE", DRAFTS + "/life", null, "If-Match", changed.header("ETag"))
                        .status())
                .isEqualTo(204);
        assertThat(service.get(DRAFTS + "/life").problem()).isEqualTo("unknown-draft");
        assertThat(newestRevision()).isEqualTo(before);
    }

    @Test
    void whatTheTablesWouldRefuseIsNoDraft() {
        assertThat(draft("bad", "{\"op\": \"delete\", \"machineType\": \"virt-11.1\", \"id\": 999999}")
                        .problem())
                .isEqualTo("unknown-entry");
        assertThat(draft("bad", "{\"op\": \"deleteMachineType\", \"machineType\": \"virt-11.1\"}")
                        .problem())
                .isEqualTo("machine-type-in-use");
        assertThat(draft("bad", add("virt-11.1", "one") + "," + add("virt-11.1", "two"))
                        .problem())
                .isEqualTo("duplicate-entry");
        Answer op = draft("bad", "{\"op\": \"rename\", \"machineType\": \"virt-11.1\"}");
        assertThat(op.problem()).isEqualTo("invalid-field");
        assertThat(op.json().get("field").asString()).isEqualTo("edits[0].op");
        assertThat(draft("not a name", "").problem()).isEqualTo("invalid-field");
        assertThat(service.get(DRAFTS + "/bad").problem()).isEqualTo("unknown-draft");
        assertThat(service.ask(DRAFTS, "{\"name\": \"bad\"}").problem()).isEqualTo("unauthenticated");
        assertThat(draft("twice", "").status()).isEqualTo(201);
        assertThat(draft("twice", "").problem()).isEqualTo("draft-exists");
    }

    @Test
    void aDraftShowsWhatItWouldDo() {
        JsonNode tcr2 = service.get("/api/v1/machine-types/virt-11.1/entries")
                .json()
                .get("items")
                .valueStream()
                .filter(entry -> entry.get("registerName").asString().equals("TCR2_EL1"))
                .findFirst()
                .orElseThrow();
        draft(
                "shown",
                "{\"op\": \"delete\", \"machineType\": \"virt-11.1\", \"id\": " + tcr2.get("id") + "},"
                        + add("virt-11.1", "no reference"));

        Answer answer = service.get(DRAFTS + "/shown/impact?limit=1");
        assertThat(answer.status()).isEqualTo(200);
        JsonNode effect = answer.json();
        assertThat(effect.get("conflicts")).isEmpty();
        assertThat(sentences(effect.get("plan")))
                .contains("entry " + tcr2.get("id")
                        + " of virt-11.1 (x-mig-safe-missing-regs, TCR2_EL1, upstream/>=6.13) removed");
        JsonNode impact = effect.get("impact");
        assertThat(impact.get("counts").get("newlyBlocked").asLong()).isPositive();
        assertThat(impact.get("changes").size()).isEqualTo(1);
        assertThat(impact.get("decidingRegisters").get(0).get("registerName").asString())
                .isEqualTo("TCR2_EL1");
        assertThat(effect.get("lintIntroduced")
                        .valueStream()
                        .map(finding -> finding.get("rule").asString()))
                .contains("no-reference");
        assertThat(service.get(DRAFTS + "/shown/impact?loadBehaviour=NONE").problem())
                .isEqualTo("invalid-field");
        assertThat(service.get(DRAFTS + "/nowhere/impact").problem()).isEqualTo("unknown-draft");
    }

    @Test
    void publishingMakesOneRevisionAlthoughOthersChangedOtherThingsAndClosesTheDraft() {
        machineType("virt-pub");
        draft("pub", put("virt-pub-2", "new") + "," + add("virt-pub", "planned"));
        machineType("virt-other");
        long before = newestRevision();

        Answer published = service.write("POST", DRAFTS + "/pub/publish", null, "X-Migreg-Author", "eva");
        assertThat(published.status()).isEqualTo(200);
        long revision = published.json().get("revision").asLong();
        assertThat(revision).isEqualTo(before + 1);
        assertThat(newestRevision()).isEqualTo(revision);
        JsonNode made = service.get("/api/v1/revisions/" + revision).json();
        assertThat(made.get("revision").get("author").asString()).isEqualTo("eva");
        assertThat(made.get("revision").get("reason").asString()).isEqualTo("Publish draft pub: for pub");
        assertThat(made.get("changes").size()).isEqualTo(2);
        JsonNode closed = service.get(DRAFTS + "/pub").json().get("draft");
        assertThat(closed.get("publishedAs").asLong()).isEqualTo(revision);
        assertThat(service.write("POST", DRAFTS + "/pub/publish", null).problem())
                .isEqualTo("draft-closed");
        assertThat(service.write("POST", DRAFTS + "/pub/rebase", null).problem())
                .isEqualTo("draft-closed");
        assertThat(service.write("PUT", DRAFTS + "/pub", "{\"edits\": []}", "If-Match", "*")
                        .problem())
                .isEqualTo("draft-closed");
        draft("empty", "");
        assertThat(service.write("POST", DRAFTS + "/empty/publish", null).problem())
                .isEqualTo("nothing-to-change");
    }

    @Test
    void aConflictNamesTheThingWhatWasWantedWhatIsThereAndWhoPutItThere() {
        machineType("virt-clash");
        draft("clash", add("virt-clash", "planned"));
        long entry = addEntry("virt-clash", "at once", "bob").json().get("id").asLong();
        long theirs = newestRevision();

        for (String step : List.of("rebase", "publish")) {
            Answer refused = service.write("POST", DRAFTS + "/clash/" + step, null);
            assertThat(refused.problem()).as(step).isEqualTo("conflicting-change");
            JsonNode conflict = refused.json().get("conflicts").get(0);
            assertThat(conflict.get("thing").asString()).isEqualTo("entry " + entry + " of virt-clash");
            assertThat(conflict.get("wanted").asString()).contains("'planned'");
            assertThat(conflict.get("found").asString()).contains("'at once'");
            assertThat(conflict.get("revision").get("number").asLong()).isEqualTo(theirs);
            assertThat(conflict.get("revision").get("author").asString()).isEqualTo("bob");
            assertThat(refused.json().get("detail").asString()).contains("could not wait");
        }
        assertThat(newestRevision()).isEqualTo(theirs);
        JsonNode effect = service.get(DRAFTS + "/clash/impact").json();
        assertThat(effect.get("conflicts").size()).isEqualTo(1);
        assertThat(effect.get("againstRevision").asLong()).isLessThan(theirs);
    }

    @Test
    void aRebaseMovesTheBaseAndDropsWhatOthersDidJustSo() {
        machineType("virt-move");
        Answer made = draft("move", put("virt-move", "described") + "," + add("virt-move", "the same"));
        addEntry("virt-move", "the same", "bob");
        long theirs = newestRevision();

        Answer moved = service.write("POST", DRAFTS + "/move/rebase", null, "If-Match", made.header("ETag"));
        assertThat(moved.status()).isEqualTo(200);
        assertThat(moved.json().get("draft").get("baseRevision").asLong()).isEqualTo(theirs);
        assertThat(moved.json().get("edits").size()).isEqualTo(1);
        assertThat(moved.json().get("edits").get(0).get("op").asString()).isEqualTo("putMachineType");
        assertThat(service.write("POST", DRAFTS + "/move/publish", null, "If-Match", made.header("ETag"))
                        .problem())
                .isEqualTo("stale-version");
        assertThat(newestRevision()).isEqualTo(theirs);
    }
}
