package org.migreg.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.migreg.api.RunningService.Answer;
import tools.jackson.databind.JsonNode;

/** Tests of the tables over HTTP, with the starting data: 6.12 reaches 6.16 and later by the entries of virt-11.1. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExpectationApiTests {

    private static final String EXPECTATIONS = "/api/v1/expectations";
    private static final String ENTRIES = "/api/v1/machine-types/%s/entries";
    private static final String FORWARD = """
            {"machineType": "%s", "cpuModel": "neoverse-v1", "back": false,
             "sourceKernels": {"stream": "upstream", "range": ">=6.12|<6.13"}, "destinationKernels": {"stream": "upstream", "range": ">=6.16"}}""";

    private RunningService service;

    @BeforeAll
    void start(@TempDir Path directory) {
        service = new RunningService(directory);
    }

    @AfterAll
    void stop() {
        service.close();
    }

    /** A machine type of its own with the entries that the expectation needs; gives the id of the one for this register. */
    private long machineTypeWithAllThatItNeeds(String name, String register) {
        assertThat(service.write("POST", "/api/v1/machine-types", "{\"name\": \"" + name + "\"}")
                        .status())
                .isEqualTo(201);
        long id = 0;
        for (String one : new String[] {"TCR2_EL1", "PIRE0_EL1", "PIR_EL1"}) {
            JsonNode added = service.write("POST", ENTRIES.formatted(name), """
                            {"property": "x-mig-safe-missing-regs", "register": "%s", "rationale": "known event",
                             "kernels": {"stream": "upstream", "range": ">=6.13"}}""".formatted(one))
                    .json();
            id = one.equals(register) ? added.get("id").asLong() : id;
        }
        return id;
    }

    private Answer expect(String machineType) {
        return service.write("POST", EXPECTATIONS, FORWARD.formatted(machineType));
    }

    private JsonNode outcome(long id, String query) {
        return service.get(EXPECTATIONS + "/outcomes" + query)
                .json()
                .get("outcomes")
                .valueStream()
                .filter(outcome -> outcome.get("id").asLong() == id)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anExpectationIsAddedReadChangedAndDeleted() {
        Answer added = expect("virt-10.0");
        long id = added.json().get("id").asLong();
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.header("Location")).isEqualTo(EXPECTATIONS + "/" + id);
        assertThat(added.json().get("sentence").asString())
                .isEqualTo("virt-10.0 must go from upstream/>=6.12|<6.13 to upstream/>=6.16 on neoverse-v1");
        Answer got = service.get(EXPECTATIONS + "/" + id);
        assertThat(got.json()).isEqualTo(added.json());

        String body = got.json().get("expectation").toString().replace("\"back\":false", "\"back\":true");
        Answer changed = service.write("PUT", EXPECTATIONS + "/" + id, body, "If-Match", got.header("ETag"));
        assertThat(changed.json().get("sentence").asString()).contains(" and back");
        assertThat(service.write("PUT", EXPECTATIONS + "/" + id, body).problem())
                .isEqualTo("precondition-required");
        assertThat(service.write("DELETE", EXPECTATIONS + "/" + id, null, "If-Match", got.header("ETag"))
                        .problem())
                .isEqualTo("stale-version");
        assertThat(service.write("DELETE", EXPECTATIONS + "/" + id, null, "If-Match", changed.header("ETag"))
                        .status())
                .isEqualTo(204);
        assertThat(service.get(EXPECTATIONS + "/" + id).problem()).isEqualTo("unknown-expectation");
        assertThat(service.write("POST", EXPECTATIONS, "{\"machineType\": \"virt-10.0\"}")
                        .json()
                        .get("field")
                        .asString())
                .isEqualTo("sourceKernels");
        assertThat(service.ask(EXPECTATIONS, FORWARD.formatted("virt-10.0")).problem())
                .isEqualTo("unauthenticated");
    }

    @Test
    void outcomesTellOfTodaysTablesAndOfThoseBefore() {
        long id = expect("virt-10.1").json().get("id").asLong();

        assertThat(outcome(id, "").get("status").asString()).isEqualTo("MET");
        JsonNode then = outcome(id, "?revision=1");
        assertThat(then.get("status").asString()).isEqualTo("NOT_MET");
        assertThat(then.get("moves").get(0).get("verdict").asString()).isEqualTo("INCOMPATIBLE");
        assertThat(then.get("sentence").asString()).contains("moves fail");
        long unknown = expect("virt-99.0").json().get("id").asLong();
        assertThat(outcome(unknown, "").get("status").asString()).isEqualTo("UNKNOWN");
        assertThat(service.get(EXPECTATIONS + "/outcomes?revision=999999").problem())
                .isEqualTo("unknown-revision");
    }

    @Test
    void aSingleEditThatBreaksAnExpectationIsRefusedUnlessItSaysWhyItMustBe() {
        long entry = machineTypeWithAllThatItNeeds("virt-single", "TCR2_EL1");
        long expectation = expect("virt-single").json().get("id").asLong();
        String address = ENTRIES.formatted("virt-single") + "/" + entry;

        Answer refused = service.write("DELETE", address, null, "If-Match", "*");
        assertThat(refused.problem()).isEqualTo("expectation-broken");
        JsonNode broken = refused.json().get("expectations").get(0);
        assertThat(broken.get("id").asLong()).isEqualTo(expectation);
        assertThat(broken.get("statusBefore").asString()).isEqualTo("MET");
        assertThat(broken.get("status").asString()).isEqualTo("NOT_MET");
        assertThat(broken.get("moves").get(0).get("summary").asString()).contains("TCR2_EL1");
        assertThat(service.get(address).status()).isEqualTo(200);

        Answer forced = service.write(
                "DELETE",
                address,
                null,
                "If-Match",
                "*",
                "X-Migreg-Reason",
                "wrong register",
                "X-Migreg-Override",
                "nobody runs 6.12 any more");
        assertThat(forced.status()).isEqualTo(204);
        JsonNode revisions = service.get("/api/v1/revisions?limit=1000").json();
        assertThat(revisions.get(revisions.size() - 1).get("reason").asString())
                .isEqualTo("wrong register\nBreaks expectation " + expectation + ": nobody runs 6.12 any more");
        assertThat(outcome(expectation, "").get("status").asString()).isEqualTo("NOT_MET");
        // What is broken already, nothing breaks.
        JsonNode left = service.get(ENTRIES.formatted("virt-single")).json().get("items");
        assertThat(service.write(
                                "DELETE",
                                ENTRIES.formatted("virt-single") + "/"
                                        + left.get(0).get("id").asLong(),
                                null,
                                "If-Match",
                                "*")
                        .status())
                .isEqualTo(204);
    }

    @Test
    void aFileOrDraftThatBreaksAnExpectationIsRefusedAndSaysSoBeforehand() {
        long entry = machineTypeWithAllThatItNeeds("virt-file", "PIR_EL1");
        expect("virt-file");
        String file = """
                {"formatVersion": 1, "machineTypes": [{"name": "virt-file", "architecture": "aarch64"}]}""";

        JsonNode plan = service.write("POST", "/api/v1/tables/apply?prune=true&dryRun=true", file)
                .json();
        assertThat(plan.get("brokenExpectations").size()).isEqualTo(1);
        assertThat(service.write("POST", "/api/v1/tables/apply?prune=true", file)
                        .problem())
                .isEqualTo("expectation-broken");

        service.write("POST", "/api/v1/drafts", """
                        {"name": "breaks", "edits": [{"op": "delete", "machineType": "virt-file", "id": %d}]}""".formatted(entry));
        JsonNode effect = service.get("/api/v1/drafts/breaks/impact").json();
        assertThat(effect.get("expectations").get(0).get("status").asString()).isEqualTo("NOT_MET");
        assertThat(service.write("POST", "/api/v1/drafts/breaks/publish", null).problem())
                .isEqualTo("expectation-broken");
        assertThat(service.get("/api/v1/drafts/breaks")
                        .json()
                        .get("draft")
                        .get("publishedAs")
                        .isNull())
                .isTrue();
        assertThat(service.write("POST", "/api/v1/drafts/breaks/publish", null, "X-Migreg-Override", "planned")
                        .status())
                .isEqualTo(200);
    }
}
