package org.migreg.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.migreg.api.RunningService.Answer;
import tools.jackson.databind.JsonNode;

/** The release engineer's tools, over HTTP, with the starting data. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkbenchApiTests {

    private static final String V1 = "/api/v1";

    private RunningService service;

    @BeforeAll
    void start(@TempDir Path directory) {
        service = new RunningService(directory);
    }

    @AfterAll
    void stop() {
        service.close();
    }

    private static String table(String machineType, String entries) {
        return """
                formatVersion: 1
                covers: machineTypes
                machineTypes:
                  - name: %s
                    architecture: aarch64
                    entries:
                %s
                """.formatted(machineType, entries);
    }

    private static String entry(String register, String range, String rationale) {
        return """
                      - property: x-mig-hidden-regs
                        register: "%s"
                        kernels:
                          stream: upstream
                          range: "%s"
                        rationale: %s
                """.formatted(register, range, rationale);
    }

    private static final String TCR2 = "0x603000000013c103";
    private static final String BITMAP = "0x6030000000160003";

    private Answer apply(String yaml, String query, String... headers) {
        return service.send(service.request(V1 + "/tables/apply" + query, headers)
                .header("Authorization", "Bearer " + service.token())
                .header("Content-Type", "application/yaml")
                .POST(HttpRequest.BodyPublishers.ofString(yaml)));
    }

    private long newestRevision() {
        long newest = 0;
        JsonNode page;
        do {
            page = service.get(V1 + "/revisions?limit=1000&since=" + newest).json();
            for (JsonNode revision : page) {
                newest = revision.get("number").asLong();
            }
        } while (!page.isEmpty());
        return newest;
    }

    // Tables as files

    @Test
    void theWholeRegistryGoesOutAsYamlOrJsonAndComesBackChangingNothing() {
        Answer yaml = service.get(V1 + "/tables", "Accept", "application/yaml");
        assertThat(yaml.status()).isEqualTo(200);
        assertThat(yaml.header("Content-Type")).isEqualTo("application/yaml");
        assertThat(yaml.text()).startsWith("formatVersion: 1\ncovers: \"registry\"\nmachineTypes:\n");
        assertThat(service.get(V1 + "/tables?format=yaml").text()).isEqualTo(yaml.text());
        JsonNode json = service.get(V1 + "/tables").json();
        assertThat(json.get("formatVersion").asInt()).isEqualTo(1);

        long before = newestRevision();
        JsonNode plan = apply(yaml.text(), "?prune=true").json();
        assertThat(plan.get("changes")).isEmpty();
        assertThat(plan.get("counts").get("unchanged").asLong())
                .isGreaterThan(json.get("machineTypes").size());
        JsonNode fromJson = service.write("POST", V1 + "/tables/apply?prune=true", json.toString())
                .json();
        assertThat(fromJson.get("changes")).isEmpty();
        assertThat(newestRevision()).isEqualTo(before);
    }

    @Test
    void oneMachineTypeGoesOutAlone() {
        JsonNode one = service.get(V1 + "/machine-types/virt-11.1/table", "Accept", "application/json")
                .json();
        assertThat(one.get("covers").asString()).isEqualTo("machineTypes");
        assertThat(one.get("machineTypes").size()).isEqualTo(1);
        assertThat(one.get("machineTypes").get(0).get("entries").size()).isEqualTo(4);
        assertThat(service.get(V1 + "/machine-types/virt-0.0/table").problem()).isEqualTo("unknown-machine-type");
        assertThat(service.get(V1 + "/tables?format=xml").problem()).isEqualTo("invalid-field");
        assertThat(service.get(V1 + "/tables", "Accept", "text/html").problem()).isEqualTo("not-acceptable");
    }

    @Test
    void aFileIsPlannedThenAppliedAsOneRevisionThenChangesNothing() {
        String file = table("virt-file", entry(TCR2, ">=6.13", "one") + entry(BITMAP, ">=6.16", "two"));
        long before = newestRevision();
        JsonNode dry = apply(file, "?dryRun=true").json();
        assertThat(dry.get("dryRun").asBoolean()).isTrue();
        assertThat(dry.get("counts").get("added").asInt()).isEqualTo(3);
        assertThat(newestRevision()).isEqualTo(before);
        assertThat(service.get(V1 + "/machine-types/virt-file").status()).isEqualTo(404);

        JsonNode applied = apply(file, "", "X-Migreg-Author", "eva", "X-Migreg-Reason", "release 11.2")
                .json();
        assertThat(applied.get("changes")).isEqualTo(dry.get("changes"));
        assertThat(newestRevision()).isEqualTo(before + 1);
        JsonNode revision = service.get(
                        V1 + "/revisions/" + applied.get("revision").asLong())
                .json();
        assertThat(revision.get("revision").get("author").asString()).isEqualTo("eva");
        assertThat(revision.get("revision").get("reason").asString()).isEqualTo("release 11.2");
        assertThat(revision.get("changes").size()).isEqualTo(3);

        JsonNode again = apply(file, "").json();
        assertThat(again.get("changes")).isEmpty();
        assertThat(again.get("counts").get("unchanged").asInt()).isEqualTo(3);
        assertThat(newestRevision()).isEqualTo(before + 1);

        JsonNode changed =
                apply(table("virt-file", entry(TCR2, ">=6.12", "one")), "").json();
        assertThat(changed.get("counts").get("changed").asInt()).isEqualTo(1);
        JsonNode change = changed.get("changes").get(0);
        assertThat(change.get("registerName").asString()).isEqualTo("TCR2_EL1");
        assertThat(change.get("fields").get(0).get("field").asString()).isEqualTo("kernels");
        assertThat(change.get("fields").get(0).get("before").asString()).contains(">=6.13");
        assertThat(change.get("fields").get(0).get("after").asString()).contains(">=6.12");

        JsonNode pruned = apply(table("virt-file", entry(TCR2, ">=6.12", "one")), "?prune=true")
                .json();
        assertThat(pruned.get("counts").get("removed").asInt()).isEqualTo(1);
        assertThat(service.get(V1 + "/machine-types/virt-file/entries")
                        .json()
                        .get("total")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void everyWayOfWritingEntriesSaysWhatLintMakesOfThem() {
        String file = table("virt-linted", entry(TCR2, ">=6.13", "no reference here"));
        JsonNode dry = apply(file, "?dryRun=true").json().get("lint");
        assertThat(rulesOf(dry.get("introduced"))).contains("no-reference");
        assertThat(dry.get("introduced").findValuesAsString("remedy"))
                .contains("Add the commit, bug or message that it rests on.");
        assertThat(rulesOf(apply(file, "").json().get("lint").get("introduced")))
                .isEqualTo(rulesOf(dry.get("introduced")));

        Answer added = service.write("POST", V1 + "/machine-types/virt-linted/entries", """
                {"property": "x-mig-hidden-regs", "register": "0x603000000013c103", "rationale": "the same",
                 "references": ["x"], "kernels": {"stream": "upstream", "range": ">=6.14"}}""");
        assertThat(added.status()).isEqualTo(201);
        assertThat(rulesOf(added.json().get("lint").get("introduced"))).contains("overlapping-ranges");
        String address = V1 + "/machine-types/virt-linted/entries/"
                + added.json().get("id").asLong();
        Answer mended = service.write("PUT", address, """
                {"property": "x-mig-hidden-regs", "register": "0x603000000013c103", "rationale": "another",
                 "references": ["x"], "kernels": {"stream": "upstream", "range": "<6.13"}}""", "If-Match", "*");
        assertThat(mended.json().get("rationale").asString()).isEqualTo("another");
        assertThat(rulesOf(mended.json().get("lint").get("resolved"))).contains("overlapping-ranges");
        assertThat(service.get(address).json().has("lint")).isFalse();
        assertThat(apply(file, "").json().get("lint").get("introducedTotal").asInt())
                .isZero();
    }

    @Test
    void aRegisterIsLookedUpAsItIsPrinted() {
        for (List<String> each : List.of(
                List.of("op0:3%20op1:0%20crn:0%20crm:1%20op2:1", "0x603000000013c009"),
                List.of("KVM_REG_ARM_FW_REG(3)", "0x6030000000140003"),
                List.of("KVM_REG_ARM_FW_FEAT_BMAP_REG(3)", "0x6030000000160003"),
                List.of("ARM64_SYS_REG(3,%200,%202,%200,%203)", "0x603000000013c103"),
                List.of("SYS_TCR2_EL1", "0x603000000013c103"))) {
            Answer found = service.get(V1 + "/registers/" + each.get(0));
            assertThat(found.json().get("id").asString()).isEqualTo(each.get(1));
            assertThat(service.get(V1 + "/registers?query=" + each.get(0))
                            .json()
                            .get("items")
                            .get(0)
                            .get("id")
                            .asString())
                    .isEqualTo(each.get(1));
        }
    }

    @Test
    void aMistakeInAFileComesWithWhatWouldBeRight() {
        assertThat(apply(table("virt-wrong", entry("TCR2", "*", "x")), "?dryRun=true")
                        .json()
                        .get("detail")
                        .asString())
                .isEqualTo("line 8, column 19: /machineTypes/0/entries/0/register: 'TCR2' is not a register ID by"
                        + " itself: write one of TCR2_EL1, TCR2_EL2, TCR2_EL12");
        assertThat(apply("formatVersion: 1\nmachineTypes:\n\t- name: virt-wrong\n", "")
                        .json()
                        .get("detail")
                        .asString())
                .startsWith("line 3, column 1: ")
                .contains("the file is not well-formed YAML: while scanning for the next token, found character");
    }

    @Test
    void aWrongFileIsRefusedWithThePlaceOfEachMistake() {
        String wrong = table("virt-wrong", entry("TCR2", ">=6.13", "one") + entry(BITMAP, ">>6", "two"));
        Answer refused = apply(wrong, "");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.problem()).isEqualTo("invalid-field");
        assertThat(refused.json().get("field").asString()).isEqualTo("/machineTypes/0/entries/0/register");
        assertThat(refused.json().get("detail").asString())
                .contains("line 8, column 19")
                .contains("/machineTypes/0/entries/1/kernels");
        assertThat(apply("a: [", "").problem()).isEqualTo("malformed-request");
        assertThat(apply("", "").problem()).isEqualTo("malformed-request");
        assertThat(apply(
                                table("virt-wrong", "      []")
                                        .replace("architecture", "inheritsFrom: nowhere\n    architecture"),
                                "")
                        .problem())
                .isEqualTo("unknown-parent");
        assertThat(service.get(V1 + "/machine-types/virt-wrong").status()).isEqualTo(404);
        assertThat(service.ask(V1 + "/tables/apply", "{}").status()).isEqualTo(401);
        Answer csv = service.send(service.request(V1 + "/tables/apply")
                .header("Authorization", "Bearer " + service.token())
                .header("Content-Type", "text/csv")
                .POST(HttpRequest.BodyPublishers.ofString("a,b")));
        assertThat(csv.problem()).isEqualTo("unsupported-media-type");
    }

    // Impact

    @Test
    void deletingEntriesShowsWhichMovesWouldBeBlockedAndByWhichRegister() {
        service.write("POST", V1 + "/machine-types", "{\"name\": \"virt-lonely\"}");
        JsonNode entries =
                service.get(V1 + "/machine-types/virt-11.1/entries").json().get("items");
        StringBuilder edits = new StringBuilder();
        for (JsonNode entry : entries) {
            edits.append(edits.isEmpty() ? "" : ",")
                    .append("{\"op\": \"delete\", \"machineType\": \"virt-11.1\", \"id\": ")
                    .append(entry.get("id"))
                    .append("}");
        }
        long before = newestRevision();
        Answer answer = service.ask(
                V1 + "/impact",
                "{\"edits\": [" + edits + "], \"machineTypes\": [\"virt-10.1\", \"virt-lonely\"], \"limit\": 3}");
        assertThat(answer.status()).isEqualTo(200);
        JsonNode impact = answer.json();
        assertThat(impact.get("counts").get("newlyBlocked").asLong()).isPositive();
        assertThat(impact.get("changesTotal").asLong()).isGreaterThan(3);
        assertThat(impact.get("changes").size()).isEqualTo(3);
        JsonNode first = impact.get("changes").get(0);
        assertThat(first.get("kind").asString()).isEqualTo("NEWLY_BLOCKED");
        assertThat(first.get("machineType").asString()).isEqualTo("virt-10.1");
        assertThat(first.get("after").asString()).isEqualTo("INCOMPATIBLE");
        assertThat(first.get("decidingRegisters")).isNotEmpty();
        assertThat(service.get(V1 + "/captures/"
                                + first.get("source").get("capture").asString())
                        .status())
                .isEqualTo(200);
        assertThat(impact.get("machineTypes").get(0).get("entriesRemoved").asInt())
                .isEqualTo(4);
        JsonNode unaffected = impact.get("machineTypes").get(1);
        assertThat(unaffected.get("machineType").asString()).isEqualTo("virt-lonely");
        assertThat(unaffected.get("counts").get("newlyBlocked").asLong()).isZero();
        assertThat(newestRevision()).isEqualTo(before);
    }

    @Test
    void aWholeTableFileHasAnImpactInEitherForm() {
        String registry = service.get(V1 + "/tables").text();
        JsonNode same = service.ask(V1 + "/impact", "{\"table\": " + registry + ", \"prune\": true}")
                .json();
        assertThat(same.get("changesTotal").asLong()).isZero();
        assertThat(same.get("counts").get("unchanged").asLong()).isPositive();
        String emptied = "formatVersion: 1\\nmachineTypes:\\n  - name: virt-11.1\\n    architecture: aarch64\\n";
        String question =
                "{\"table\": \"" + emptied + "    entries: []\\n\", \"prune\": %s, \"machineTypes\": [\"virt-11.1\"]}";
        assertThat(service.ask(V1 + "/impact", question.formatted("true"))
                        .json()
                        .get("counts")
                        .get("newlyBlocked")
                        .asLong())
                .isPositive();
        assertThat(service.ask(V1 + "/impact", question.formatted("false"))
                        .json()
                        .get("changesTotal")
                        .asLong())
                .isZero();
    }

    @Test
    void anImpactOfNonsenseIsRefused() {
        assertThat(service.ask(V1 + "/impact", "{}").problem()).isEqualTo("invalid-field");
        Answer op = service.ask(
                V1 + "/impact", "{\"edits\": [{\"op\": \"move\", \"machineType\": \"virt-10.2\", \"id\": 1}]}");
        assertThat(op.problem()).isEqualTo("invalid-field");
        assertThat(op.json().get("field").asString()).isEqualTo("edits[0].op");
        assertThat(service.ask(
                                V1 + "/impact",
                                "{\"edits\": [{\"op\": \"delete\", \"machineType\": \"virt-10.2\", \"id\": 99999999}]}")
                        .problem())
                .isEqualTo("unknown-entry");
        assertThat(service.ask(V1 + "/impact", "{\"edits\": [], \"machineTypes\": [\"virt-0.0\"]}")
                        .problem())
                .isEqualTo("unresolved-reference");
        assertThat(service.ask(V1 + "/impact", "{\"edits\": [], \"limit\": 0}").problem())
                .isEqualTo("invalid-field");
        Answer table = service.ask(V1 + "/impact", "{\"table\": {\"formatVersion\": 2, \"machineTypes\": []}}");
        assertThat(table.problem()).isEqualTo("invalid-field");
        assertThat(table.json().get("field").asString()).isEqualTo("/formatVersion");
    }

    // Advice

    @Test
    void advisedEntriesCanBePostedAndMakeThePairPass() {
        String v1 = "\"cpuModel\": \"neoverse-v1\"";
        service.write("POST", V1 + "/machine-types", "{\"name\": \"virt-advised\"}");
        String question = """
                {"machineType": "virt-advised", "kernels": ["6.12.107+deb13-arm64", "6.18.15+deb13-arm64"], %s}""".formatted(v1);
        JsonNode advice = service.ask(V1 + "/advice", question).json();
        assertThat(advice.get("wanted").asInt()).isEqualTo(2);
        assertThat(advice.get("failedBefore").asInt()).isPositive();
        assertThat(advice.get("entries")).isNotEmpty();
        for (JsonNode advised : advice.get("entries")) {
            assertThat(advised.get("unblocks").asInt()).isPositive();
            assertThat(advised.get("stateLossReason").asString()).isNotBlank();
            assertThat(service.write(
                                    "POST",
                                    V1 + "/machine-types/virt-advised/entries",
                                    advised.get("entry").toString())
                            .status())
                    .isEqualTo(201);
        }
        JsonNode after = service.ask(V1 + "/advice", question).json();
        assertThat(after.get("failedBefore").asInt()).isZero();
        assertThat(after.get("entries")).isEmpty();
        // What values forbid stays forbidden, with its cure.
        assertThat(after.get("forbiddenTotal").asInt())
                .isEqualTo(advice.get("forbiddenTotal").asInt());
        assertThat(after.get("forbidden")).isNotEmpty();
        for (JsonNode move : after.get("forbidden")) {
            assertThat(move.get("verdict").asString()).isEqualTo("INCOMPATIBLE");
            assertThat(move.get("refusals")).isNotEmpty();
            for (JsonNode refusal : move.get("refusals")) {
                assertThat(refusal.get("cure").get("sentence").asString()).isNotBlank();
            }
        }
    }

    @Test
    void advisedForAPairOfCapturesItSpeaksOfThatPairAlone() {
        JsonNode captures = service.get(V1 + "/captures?cpuModel=neoverse-v1&vcpuFeatureSet=qemu-host")
                .json()
                .get("items");
        String older = captures.get(0).get("id").asString();
        String newer = captures.get(captures.size() - 1).get("id").asString();
        String question = "{\"machineType\": \"virt-11.1\", \"directions\": \"%s\", \"pair\": {\"source\": \"" + older
                + "\", \"destination\": \"" + newer + "\"}}";
        assertThat(service.ask(V1 + "/advice", question.formatted("FORWARD"))
                        .json()
                        .get("wanted")
                        .asInt())
                .isEqualTo(1);
        assertThat(service.ask(V1 + "/advice", question.formatted("BOTH"))
                        .json()
                        .get("wanted")
                        .asInt())
                .isEqualTo(2);
        assertThat(service.ask(V1 + "/advice", question.formatted("SIDEWAYS")).problem())
                .isEqualTo("invalid-field");
    }

    @Test
    void advisingForWhatIsNotThereNamesIt() {
        Answer machineType = service.ask(V1 + "/advice", "{\"machineType\": \"virt-0.0\"}");
        assertThat(machineType.problem()).isEqualTo("unresolved-reference");
        Answer kernel = service.ask(
                V1 + "/advice", "{\"machineType\": \"virt-10.1\", \"kernels\": [\"6.18.15+deb13-arm64\", \"1.2.3\"]}");
        assertThat(kernel.problem()).isEqualTo("unresolved-reference");
        assertThat(kernel.json().get("field").asString()).isEqualTo("kernels[1]");
        assertThat(kernel.json().get("detail").asString()).contains("6.18.15+deb13-arm64");
        assertThat(service.ask(
                                V1 + "/advice",
                                "{\"machineType\": \"virt-10.1\", \"cpuModel\": \"neoverse-v1\","
                                        + " \"kernels\": [\"6.18.15+deb13-arm64\"]}")
                        .problem())
                .isEqualTo("invalid-field");
        assertThat(service.ask(V1 + "/advice", "{}").problem()).isEqualTo("invalid-field");
    }

    // Lint

    @Test
    void lintNamesWhatIsDoubtfulAndItsLevelsCanBeSet() {
        apply(table("virt-lint", entry(TCR2, ">=6.13", "no reference here")), "");
        JsonNode report = service.get(V1 + "/lint?machineType=virt-lint").json();
        assertThat(rules(report)).contains("no-reference");
        for (JsonNode finding : report.get("findings")) {
            assertThat(finding.get("entries").get(0).get("machineType").asString())
                    .isEqualTo("virt-lint");
            assertThat(finding.get("remedy").asString()).isNotBlank();
        }
        assertThat(rules(service.get(V1 + "/lint?machineType=virt-lint&levels=no-reference:off")
                        .json()))
                .doesNotContain("no-reference");
        JsonNode raised = service.get(V1 + "/lint?machineType=virt-lint&levels=no-reference:error")
                .json();
        assertThat(raised.get("counts").get("error").asLong())
                .isEqualTo(report.get("counts").get("error").asLong() + 1);
        assertThat(service.get(V1 + "/lint").status()).isEqualTo(200);
        assertThat(service.get(V1 + "/lint?machineType=virt-0.0").problem()).isEqualTo("unknown-machine-type");
        assertThat(service.get(V1 + "/lint?levels=no-such-rule:error").problem())
                .isEqualTo("invalid-field");
        assertThat(service.get(V1 + "/lint?levels=no-reference").problem()).isEqualTo("invalid-field");
    }

    private static java.util.List<String> rules(JsonNode report) {
        return rulesOf(report.get("findings"));
    }

    private static java.util.List<String> rulesOf(JsonNode findings) {
        return findings.valueStream()
                .map(finding -> finding.get("rule").asString())
                .toList();
    }

    // Upgrade plans

    @Test
    void anUpgradeThatStrandsGuestsNamesThemAndWhatValuesForbid() {
        service.write("POST", V1 + "/machine-types", "{\"name\": \"virt-rolling\"}");
        String question = """
                {"machineType": "virt-rolling", "cpuModel": "neoverse-v1", "rollback": false,
                 "currentKernels": ["6.18.15+deb13-arm64"], "hops": ["6.12.107+deb13-arm64"]}""";
        Answer answer = service.ask(V1 + "/upgrade-plans", question);
        assertThat(answer.status()).isEqualTo(200);
        JsonNode plan = answer.json();
        assertThat(plan.get("asked").get("mayProceed").asBoolean()).isFalse();
        assertThat(plan.get("asked").get("mayRollBack").isNull()).isTrue();
        JsonNode stranded = plan.get("asked").get("strandedForward").get(0);
        assertThat(stranded.get("path").get(0).get("kernel").asString()).isEqualTo("6.18.15+deb13-arm64");
        assertThat(stranded.get("destination").get("kernel").asString()).isEqualTo("6.12.107+deb13-arm64");
        assertThat(plan.get("uncured")).isNotEmpty();
        assertThat(service.ask(
                                V1 + "/upgrade-plans",
                                "{\"machineType\": \"virt-10.1\", \"currentKernels\": [\"6.18.15+deb13-arm64\"], \"hops\": [\"9.9\"]}")
                        .problem())
                .isEqualTo("unresolved-reference");
        assertThat(service.ask(
                                V1 + "/upgrade-plans",
                                "{\"machineType\": \"virt-10.1\", \"currentKernels\": [\"6.18.15+deb13-arm64\"], \"hops\": []}")
                        .problem())
                .isEqualTo("invalid-field");
    }
}
