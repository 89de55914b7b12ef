package org.migreg.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.migreg.api.RunningService.Answer;
import org.migreg.evaluation.RecordedOutcomes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The service as release engineers and orchestrators use it: over HTTP, started empty with its starting data. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiTests {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String V1 = "/api/v1";
    private static final String HIDE_BITMAP = """
            {"property": "x-mig-hidden-regs", "register": "KVM_REG_ARM_VENDOR_HYP_BMAP_2",
             "kernels": {"stream": "upstream", "range": ">=6.16"}, "condition": null,
             "rationale": "Exposed from 6.16 on.", "references": ["linux c0000e58c74e"]}""";

    private Path data;
    private RunningService service;

    @BeforeAll
    void start(@TempDir Path directory) {
        data = directory;
        service = new RunningService(directory);
    }

    @AfterAll
    void stop() {
        service.close();
    }

    private Answer machineType(String name, String inheritsFrom) {
        return service.write(
                "POST",
                V1 + "/machine-types",
                "{\"name\": \"" + name + "\""
                        + (inheritsFrom == null ? "" : ", \"inheritsFrom\": \"" + inheritsFrom + "\"") + "}");
    }

    // Starting data

    @Test
    void aNameFromAListIsReadInParametersAsInBodies() {
        String matrix = V1 + "/matrix?machineType=virt-10.1&cpuModel=neoverse-v1&loadBehaviour=TOLERANCES&tolerances=";
        assertThat(service.get(matrix + "TABLE").status()).isEqualTo(200);
        Answer unknown = service.get(matrix + "mine");
        assertThat(unknown.problem()).isEqualTo("invalid-field");
        assertThat(unknown.json().get("detail").asString())
                .isEqualTo("'mine' is not known here: write UPSTREAM or TABLE");
        assertThat(service.get(matrix).json().get("detail").asString())
                .isEqualTo("'tolerances' has no value: give it one, or leave it out");
    }

    @Test
    void anEmptyDatabaseStartsWithMachineTypesEventsAndCaptures() {
        JsonNode chain = service.get(V1 + "/machine-types/virt-10.1").json().get("inheritanceChain");
        assertThat(chain.toString()).isEqualTo("[\"virt-10.1\",\"virt-10.2\",\"virt-11.0\",\"virt-11.1\"]");
        assertThat(service.get(V1 + "/captures?limit=1").json().get("total").asInt())
                .isGreaterThanOrEqualTo(109);
        assertThat(service.get(V1 + "/machine-types/virt-11.1/entries")
                        .json()
                        .get("items")
                        .size())
                .isEqualTo(4);
    }

    @Test
    void theFirstMatrixShowsRealKernelsInBothDirections() {
        JsonNode matrix = service.get(
                        V1 + "/matrix?machineType=virt-10.1&cpuModel=neoverse-v1&vcpuFeatureSet=qemu-host")
                .json();
        assertThat(matrix.get("pairs").size()).isEqualTo(64);
        assertThat(verdict(matrix, "6.12.107+deb13-arm64", "6.18.15+deb13-arm64"))
                .isEqualTo("COMPATIBLE_WITH_WARNINGS");
        assertThat(verdict(matrix, "6.18.15+deb13-arm64", "6.12.107+deb13-arm64"))
                .isEqualTo("INCOMPATIBLE");
        String csv = service.get(
                        V1 + "/matrix?machineType=virt-10.1&cpuModel=neoverse-v1&vcpuFeatureSet=qemu-host",
                        "Accept",
                        "text/csv")
                .text();
        assertThat(csv.lines()).hasSize(65);
        assertThat(csv.lines().findFirst().orElseThrow())
                .startsWith("cpuModel,accelerator,vcpuFeatureSet,sourceKernel")
                .endsWith(",assumptions");
        assertThat(csv.lines().skip(1))
                .allMatch(line -> line.endsWith(",SOURCE_QEMU_OF_TABLES DESTINATION_QEMU_OF_TABLES GUEST_CPU_HOST"));
    }

    private static String verdict(JsonNode matrix, String source, String destination) {
        for (JsonNode pair : matrix.get("pairs")) {
            if (pair.get("sourceKernel").asString().equals(source)
                    && pair.get("destinationKernel").asString().equals(destination)) {
                return pair.get("verdict").asString();
            }
        }
        throw new AssertionError("no pair " + source + " -> " + destination);
    }

    @Test
    void aPastRevisionOfTheTablesCanBeEvaluatedAgainst() {
        String question = """
                {"machineType": "virt-10.1",
                 "source": {"kernel": "6.12.107+deb13-arm64", "cpuModel": "neoverse-v1"},
                 "destination": {"kernel": "6.18.15+deb13-arm64", "cpuModel": "neoverse-v1"}%s}""";
        JsonNode before = service.ask(V1 + "/evaluations", question.formatted(", \"revision\": 1"))
                .json();
        assertThat(before.get("verdict").asString()).isEqualTo("INCOMPATIBLE");
        assertThat(before.get("counts").get("fatal").asInt()).isEqualTo(3);
        JsonNode after =
                service.ask(V1 + "/evaluations", question.formatted("")).json();
        assertThat(after.get("verdict").asString()).isEqualTo("COMPATIBLE_WITH_WARNINGS");
        assertThat(after.get("mayMigrate").asBoolean()).isTrue();
        assertThat(after.get("basis").asString()).isEqualTo("LISTS_AND_VALUES");
        assertThat(after.get("findings"))
                .filteredOn(finding -> finding.get("kind").asString().equals("EXTRA_TOLERATED"))
                .extracting(finding -> finding.get("entry").get("machineType").asString())
                .containsExactly("virt-11.1", "virt-11.1", "virt-11.1");
    }

    // Security

    @Test
    void readingOnLoopbackNeedsNoTokenAndWritingDoes() throws Exception {
        assertThat(service.get(V1 + "/machine-types").status()).isEqualTo(200);
        Answer refused = service.ask(V1 + "/machine-types", "{\"name\": \"virt-99.0\"}");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.problem()).isEqualTo("unauthenticated");
        Answer wrong = service.ask(
                V1 + "/machine-types",
                "{\"name\": \"virt-99.0\"}",
                "Authorization",
                "Bearer not-the-token-not-the-token");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(service.get(V1 + "/machine-types/virt-99.0").status()).isEqualTo(404);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("admin-token"))))
                .isEqualTo("rw-------");
    }

    // Entries

    @Test
    void anEntryIsAddedChangedAndDeletedUnderItsVersion() {
        machineType("virt-entry", "virt-11.1");
        String path = V1 + "/machine-types/virt-entry/entries";
        Answer added =
                service.write("POST", path, HIDE_BITMAP, "X-Migreg-Author", "eva", "X-Migreg-Reason", "bug 4711");
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.json().get("register").asString()).isEqualTo("0x6030000000160003");
        String entry = added.header("Location");
        String version = added.header("ETag");
        assertThat(service.get(entry).header("ETag")).isEqualTo(version);

        Answer twice = service.write("POST", path, HIDE_BITMAP);
        assertThat(twice.status()).isEqualTo(409);
        assertThat(twice.problem()).isEqualTo("duplicate-entry");

        String changed = HIDE_BITMAP.replace(">=6.16", ">=6.15");
        assertThat(service.write("PUT", entry, changed).problem()).isEqualTo("precondition-required");
        assertThat(service.write("PUT", entry, changed, "If-Match", "\"0\"").problem())
                .isEqualTo("stale-version");
        Answer replaced = service.write("PUT", entry, changed, "If-Match", version);
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.header("ETag")).isNotEqualTo(version);

        JsonNode revision =
                service.get(V1 + "/revisions/" + version.replace("\"", "")).json();
        assertThat(revision.get("revision").get("author").asString()).isEqualTo("eva");
        assertThat(revision.get("revision").get("reason").asString()).isEqualTo("bug 4711");
        assertThat(revision.get("changes").get(0).get("before").isNull()).isTrue();
        assertThat(revision.get("changes").get(0).get("after").toString()).contains(">=6.16");

        assertThat(service.write("DELETE", entry, null, "If-Match", version).status())
                .isEqualTo(412);
        assertThat(service.write("DELETE", entry, null, "If-Match", replaced.header("ETag"))
                        .status())
                .isEqualTo(204);
        assertThat(service.get(entry).problem()).isEqualTo("unknown-entry");
        assertThat(service.get(entry + "?revision=" + version.replace("\"", "")).status())
                .isEqualTo(200);
    }

    @Test
    void theEffectivePolicyMergesInheritedEntriesAndSaysWhereFrom() {
        machineType("virt-new", null);
        machineType("virt-old", "virt-new");
        service.write("POST", V1 + "/machine-types/virt-new/entries", HIDE_BITMAP);
        service.write(
                "POST",
                V1 + "/machine-types/virt-old/entries",
                HIDE_BITMAP
                        .replace("KVM_REG_ARM_VENDOR_HYP_BMAP_2", "PMMIR_EL1")
                        .replace(">=6.16", ">=7.3"));
        JsonNode policy = service.get(V1 + "/machine-types/virt-old/effective-policy?kernel=7.3.4")
                .json();
        JsonNode hidden = policy.get("properties").get("x-mig-hidden-regs");
        assertThat(hidden.get("value").asString()).isEqualTo("0x603000000013c4f6,0x6030000000160003");
        assertThat(hidden.get("registers")
                        .get(0)
                        .get("origins")
                        .get(0)
                        .get("inherited")
                        .asBoolean())
                .isFalse();
        assertThat(hidden.get("registers")
                        .get(1)
                        .get("origins")
                        .get(0)
                        .get("inherited")
                        .asBoolean())
                .isTrue();
        assertThat(service.get(V1 + "/machine-types/virt-old/effective-policy?kernel=6.12.1")
                        .json()
                        .get("properties")
                        .get("x-mig-hidden-regs")
                        .get("value")
                        .asString())
                .isEmpty();
        assertThat(service.get(V1 + "/machine-types/virt-old/effective-policy?kernel=5.14.0-503.14.1.el9_5.aarch64")
                        .json()
                        .get("properties")
                        .get("x-mig-hidden-regs")
                        .get("registers")
                        .size())
                .isZero();
    }

    @Test
    void manyClientsChangingOneTableLoseNoUpdate() throws Exception {
        machineType("virt-busy", null);
        String path = V1 + "/machine-types/virt-busy/entries";
        int clients = 8;
        int each = 5;
        List<Callable<Integer>> work = new ArrayList<>();
        for (int c = 0; c < clients; c++) {
            int client = c;
            work.add(() -> {
                int added = 0;
                for (int i = 0; i < each; i++) {
                    String register = "S3_0_C" + client + "_C" + i + "_7";
                    added += service.write("POST", path, HIDE_BITMAP.replace("KVM_REG_ARM_VENDOR_HYP_BMAP_2", register))
                                            .status()
                                    == 201
                            ? 1
                            : 0;
                }
                return added;
            });
        }
        int added = 0;
        try (ExecutorService pool = Executors.newFixedThreadPool(clients)) {
            for (Future<Integer> done : pool.invokeAll(work)) {
                added += done.get();
            }
        }
        assertThat(added).isEqualTo(clients * each);
        assertThat(service.get(path).json().get("total").asInt()).isEqualTo(clients * each);
        // All change the same entry under the same version: exactly one wins.
        JsonNode first = service.get(path).json().get("items").get(0);
        String entry = path + "/" + first.get("id").asLong();
        String version = service.get(entry).header("ETag");
        List<Callable<Integer>> rivals = new ArrayList<>();
        for (int c = 0; c < clients; c++) {
            String body = HIDE_BITMAP
                    .replace(
                            "KVM_REG_ARM_VENDOR_HYP_BMAP_2",
                            first.get("register").asString())
                    .replace(">=6.16", ">=6." + (20 + c));
            rivals.add(
                    () -> service.write("PUT", entry, body, "If-Match", version).status());
        }
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(clients)) {
            for (Future<Integer> done : pool.invokeAll(rivals)) {
                statuses.add(done.get());
            }
        }
        assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
        assertThat(statuses).filteredOn(status -> status == 412).hasSize(clients - 1);
    }

    // Captures

    @Test
    void theSameListPostedAgainStoresNothingNew() {
        String capture = """
                {"kernelRelease": "6.9.1", "cpuModel": "cortex-x1", "accelerator": "kvm", "vcpuFeatureSet": "qemu-host",
                 "registers": [["0x603000000013c103", "0x0"], {"id": "0x603000000013c080", "value": "0x30d00800"},
                               ["0x6030000000100000", "0x0"]]}""";
        Answer first = service.write("POST", V1 + "/captures", capture);
        assertThat(first.status()).isEqualTo(201);
        String id = first.json().get("id").asString();
        assertThat(first.json().get("items").get(0).get("dropped").get("core").asInt())
                .isEqualTo(1);
        String shuffled = """
                {"accelerator": "kvm", "vcpuFeatureSet": "qemu-host", "cpuModel": "cortex-x1", "kernelRelease": "6.9.1",
                 "registers": [["0x603000000013c080", "0x30d00800"], ["0x603000000013c103", "0x0"]]}""";
        Answer again = service.write("POST", V1 + "/captures", shuffled);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().get("id").asString()).isEqualTo(id);
        JsonNode got = service.get(V1 + "/captures/" + id).json();
        assertThat(got.get("registers").size()).isEqualTo(2);
        assertThat(got.get("registers").get(1).get("name").asString()).isEqualTo("TCR2_EL1");
        assertThat(service.get(V1 + "/captures?kernel=6.9.1")
                        .json()
                        .get("total")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void aDryRunSaysWhatItUnderstoodAndStoresNothing() {
        Answer dry = service.send(service.request(V1 + "/captures?dryRun=true&kernel=6.9.9")
                .header("Authorization", "Bearer " + service.token())
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("# ids\n0x603000000013c103\n0x603000000013c080\n")));
        assertThat(dry.status()).as(dry.text()).isEqualTo(200);
        assertThat(dry.json().get("dryRun").asBoolean()).isTrue();
        assertThat(dry.json()
                        .get("items")
                        .get(0)
                        .get("capture")
                        .get("registerCount")
                        .asInt())
                .isEqualTo(2);
        assertThat(service.get(V1 + "/captures?kernel=6.9.9")
                        .json()
                        .get("total")
                        .asInt())
                .isZero();
    }

    // Evaluations

    @Test
    void realLoadsAreToldRightOverHttp() {
        List<JsonNode> lists = RecordedOutcomes.rows("qemu-register-lists");
        int asked = 0;
        for (JsonNode row : RecordedOutcomes.rows("qemu-outcomes")) {
            // Every fortieth, of those that need no entries.
            if (Integer.parseInt(row.get("id").asString().substring(1)) % 40 != 0
                    || !row.get("sourceHidden").isEmpty()
                    || !row.get("destinationHidden").isEmpty()
                    || !row.get("destinationSafeMissing").isEmpty()) {
                continue;
            }
            asked++;
            ObjectNode body = JSON.createObjectNode();
            body.put("machineType", "virt-11.1");
            ObjectNode source = body.putObject("source");
            source.put("accelerator", "tcg");
            source.set("registers", ids(lists, row.get("source").asString()));
            ObjectNode destination = body.putObject("destination");
            destination.put("accelerator", "tcg");
            destination.put("loadBehaviour", row.get("behaviour").asString());
            destination.set("registers", ids(lists, row.get("destination").asString()));
            Answer answer = service.ask(V1 + "/evaluations", body.toString());
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            JsonNode outcome = answer.json().get("qemuOutcome");
            assertThat(outcome.get("loads").asBoolean())
                    .as(row.get("id").asString())
                    .isEqualTo(row.get("listCheckPasses").asBoolean());
            if (!row.get("listCheckPasses").asBoolean()) {
                assertThat(outcome.get("failedAt").asString())
                        .isEqualTo(row.get("failedAt").asString());
            }
        }
        assertThat(asked).isGreaterThan(80);
    }

    private static ArrayNode ids(List<JsonNode> lists, String name) {
        for (JsonNode list : lists) {
            if (list.get("list").asString().equals(name)) {
                ArrayNode ids = JSON.createArrayNode();
                list.get("registers").forEach(pair -> ids.add(pair.get(0)));
                return ids;
            }
        }
        throw new AssertionError("no list " + name);
    }

    @Test
    void realMigrationsUnderKvmAreToldRightOverHttp() {
        List<JsonNode> lists = RecordedOutcomes.rows("kvm-migration-register-lists");
        int asked = 0;
        for (JsonNode row : RecordedOutcomes.rows("kvm-migrations")) {
            if (Integer.parseInt(row.get("id").asString().substring(1)) % 4 != 0) {
                continue;
            }
            asked++;
            ObjectNode body = JSON.createObjectNode();
            body.put("machineType", "virt-11.1");
            ObjectNode source = body.putObject("source");
            source.put("kernel", row.get("sourceKernel").asString());
            source.put("xMigProperties", false);
            source.set("registers", pairs(lists, row.get("source").asString()));
            ObjectNode destination = body.putObject("destination");
            destination.put("kernel", row.get("destinationKernel").asString());
            destination.put("cpuModel", row.get("hostCpuModel").asString());
            destination.put("qemu", row.get("destinationQemu").asString());
            destination.set("registers", pairs(lists, row.get("destination").asString()));
            Answer answer = service.ask(V1 + "/evaluations", body.toString());
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(answer.json().get("qemuOutcome").get("loads").asBoolean())
                    .as(row.get("id").asString() + " " + answer.json().get("summary"))
                    .isEqualTo(row.get("loads").asBoolean());
        }
        assertThat(asked).isEqualTo(50);
    }

    private static JsonNode pairs(List<JsonNode> lists, String name) {
        for (JsonNode list : lists) {
            if (list.get("list").asString().equals(name)) {
                return list.get("registers");
            }
        }
        throw new AssertionError("no list " + name);
    }

    @Test
    void aHostThatNobodyCapturedIsUnknownAndSaysWhatIs() {
        JsonNode answer = service.ask(V1 + "/evaluations", """
                        {"machineType": "virt-10.1", "source": {"kernel": "6.12.107+deb13-arm64", "cpuModel": "neoverse-v1"},
                         "destination": {"kernel": "6.5.0", "cpuModel": "neoverse-v1"}}""").json();
        assertThat(answer.get("verdict").asString()).isEqualTo("UNKNOWN");
        assertThat(answer.get("mayMigrate").asBoolean()).isFalse();
        assertThat(answer.get("qemuOutcome").get("loads").isNull()).isTrue();
        assertThat(answer.get("summary").asString())
                .contains("no capture of kernel 6.5.0 on neoverse-v1 under kvm is known", "6.18.15+deb13-arm64");
    }

    @Test
    void aBatchAnswersInTheOrderOfItsDestinations() {
        JsonNode answers = service.ask(V1 + "/evaluations/batch", """
                        {"machineType": "virt-10.1", "source": {"kernel": "6.12.107+deb13-arm64", "cpuModel": "neoverse-v1"},
                         "destinations": [{"kernel": "6.18.15+deb13-arm64", "cpuModel": "neoverse-v1"},
                                          {"kernel": "6.1.0-50-arm64", "cpuModel": "neoverse-v1"},
                                          {"kernel": "6.18.15+deb13-arm64", "cpuModel": "neoverse-v1", "qemu": "10.2.1"}]}""").json();
        assertThat(answers.size()).isEqualTo(3);
        assertThat(answers.get(0).get("mayMigrate").asBoolean()).isTrue();
        assertThat(answers.get(1).get("mayMigrate").asBoolean()).isFalse();
        assertThat(answers.get(2).get("qemuOutcome").get("behaviour").asString())
                .isEqualTo("LENGTH_CHECKED");
    }

    @Test
    void registersAreFoundByNameAndDecodedFromEveryForm() {
        assertThat(service.get(V1 + "/registers?query=tcr2")
                        .json()
                        .get("items")
                        .get(0)
                        .get("name")
                        .asString())
                .isEqualTo("TCR2_EL1");
        for (String form : List.of("TCR2_EL1", "0x603000000013C103", "S3_0_C2_C0_3", "6931039826524487939")) {
            assertThat(service.get(V1 + "/registers/" + form).json().get("id").asString())
                    .isEqualTo("0x603000000013c103");
        }
        assertThat(service.get(V1 + "/registers/NO_SUCH_REGISTER").problem()).isEqualTo("invalid-field");
    }

    // Bad input

    @Test
    void badInputIsAProblemThatNamesTheFieldAndChangesNothing() {
        long before = newestRevision();
        String good =
                "\"source\": {\"kernel\": \"6.1\", \"registers\": [\"TCR2_EL1\"]}, \"destination\": {\"kernel\": \"6.2\","
                        + " \"registers\": [\"TCR2_EL1\"]}";
        Object[][] cases = {
            {"{\"machineType\": \"virt-10.1\"", "malformed-request", null},
            {"{\"machineType\": 5, " + good + "}", "invalid-field", "machineType"},
            {"{\"machineTyp\": \"virt-10.1\"}", "invalid-field", "machineTyp"},
            {"[]", "invalid-field", "body"},
            {"", "malformed-request", null},
            {"{\"machineType\": \"nope\", " + good + "}", "unresolved-reference", "machineType"},
            {"{\"machineType\": \"virt-10.1\", \"revision\": 999999, " + good + "}", "unresolved-reference", "revision"
            },
            {"{\"machineType\": \"virt-10.1\", \"revision\": -1, " + good + "}", "unresolved-reference", "revision"},
            {
                "{\"machineType\": \"virt-10.1\", \"source\": {\"capture\": \"sha256:" + "0".repeat(64)
                        + "\"}, \"destination\": {\"kernel\": \"6.2\"}}",
                "unresolved-reference",
                "source.capture"
            },
            {
                "{\"machineType\": \"virt-10.1\", \"source\": {\"capture\": \"md5:1\"}, \"destination\": {\"kernel\": \"6.2\"}}",
                "invalid-field",
                "source.capture"
            },
            {
                "{\"machineType\": \"virt-10.1\", \"source\": {\"registers\": [\"0x60300000001\", \"603000000013c103\"]},"
                        + " \"destination\": {\"kernel\": \"6.2\"}}",
                "invalid-field",
                "source.registers[0]"
            },
            {
                "{\"machineType\": \"virt-10.1\", \"source\": {\"kernel\": \"not a kernel\"}, \"destination\": {\"kernel\": \"6.2\"}}",
                "invalid-field",
                "source.kernel"
            },
            {
                "{\"machineType\": \"virt-10.1\", \"source\": {\"kernel\": \"6.1\"}, \"destination\": {\"kernel\": \"6.2\", \"qemu\":"
                        + " \"ten\"}}",
                "invalid-field",
                "destination.qemu"
            },
            {"{\"source\":".repeat(2000) + "1" + "}".repeat(2000), null, null},
            {"[".repeat(2000) + "]".repeat(2000), null, null}
        };
        for (Object[] each : cases) {
            Answer answer = service.ask(V1 + "/evaluations", (String) each[0]);
            assertThat(answer.status()).as(answer.text()).isBetween(400, 499);
            assertThat(answer.json().get("detail").asString()).isNotBlank();
            if (each[1] == null) {
                continue;
            }
            assertThat(answer.problem()).as((String) each[0]).isEqualTo(each[1]);
            JsonNode field = answer.json().get("field");
            assertThat(field == null ? null : field.asString())
                    .as(answer.text())
                    .isEqualTo(each[2]);
        }
        assertThat(newestRevision()).isEqualTo(before);
    }

    @Test
    void anEmptyRegisterListIsRefusedWhereverOneIsTaken() {
        long before = newestRevision();
        String full = "{\"registers\": [\"TCR2_EL1\"]}";
        for (String empty : List.of("[]", "[\"0x6030000000100000\"]", "[[\"0x6030000000100000\", \"0x0\"]]")) {
            String nothing = "{\"registers\": " + empty + "}";
            String[][] questions = {
                {"/evaluations", "\"source\": " + nothing + ", \"destination\": " + full, "source.registers"},
                {"/evaluations", "\"source\": " + full + ", \"destination\": " + nothing, "destination.registers"},
                {"/evaluations", "\"source\": " + nothing + ", \"destination\": " + nothing, null},
                {
                    "/evaluations/batch",
                    "\"source\": " + full + ", \"destinations\": [" + full + ", " + nothing + "]",
                    "destinations[1].registers"
                }
            };
            for (String[] each : questions) {
                Answer answer = service.ask(V1 + each[0], "{\"machineType\": \"virt-10.1\", " + each[1] + "}");
                assertThat(answer.status()).as(answer.text()).isEqualTo(400);
                assertThat(answer.problem()).isEqualTo("invalid-field");
                if (each[2] != null) {
                    assertThat(answer.json().get("field").asString()).isEqualTo(each[2]);
                }
            }
        }
        String[][] files = {
            {"application/json", "{\"registers\": []}"},
            {"application/json", "{\"registers\": [\"0x6030000000100000\"]}"},
            {"application/json", "[]"},
            {"application/json", "{}"},
            {"application/json", "{\"guest_cpu_config\": {\"regs\": []}}"},
            {"application/json", "{\"reg_modifiers\": []}"},
            {"application/json", "{\"cpu (6)\": {\"cpreg_vmstate_indexes\": [], \"cpreg_vmstate_values\": []}}"},
            {"text/plain", ""},
            {"text/plain", "# nothing\n"},
            {"text/plain", "0x6030000000100000\n"},
            {"text/plain", "KVM_REG_ARM64 | KVM_REG_SIZE_U64 | KVM_REG_ARM_CORE | KVM_REG_ARM_CORE_REG(regs.regs[0]),\n"
            }
        };
        for (String[] file : files) {
            for (String path : List.of("/captures", "/saved-guests/evaluations?kernel=6.12.107%2Bdeb13-arm64")) {
                Answer answer = service.send(service.request(V1 + path)
                        .header("Authorization", "Bearer " + service.token())
                        .header("Content-Type", file[0])
                        .POST(HttpRequest.BodyPublishers.ofString(file[1])));
                assertThat(answer.status()).as(file[1] + answer.text()).isEqualTo(400);
                assertThat(answer.problem()).as(file[1]).isIn("unreadable-capture", "invalid-field");
            }
        }
        assertThat(newestRevision()).isEqualTo(before);
    }

    @Test
    void aParameterThatGoesWithAnotherBodyIsRefused() {
        Answer answer = service.ask(V1 + "/diagnoses?machineType=virt-10.1", "{\"log\": \"x\"}");
        assertThat(answer.problem()).isEqualTo("invalid-field");
        assertThat(answer.json().get("field").asString()).isEqualTo("machineType");
        assertThat(answer.json().get("detail").asString()).contains("goes with a body of another media type");
    }

    @Test
    void aSelectionOfNothingIsNoReassurance() {
        Answer answer = service.ask(
                V1 + "/impact",
                "{\"machineTypes\": [], \"edits\": [{\"op\": \"deleteMachineType\", \"machineType\": \"virt-2.6\"}]}");
        assertThat(answer.problem()).isEqualTo("invalid-field");
        assertThat(answer.json().get("field").asString()).isEqualTo("machineTypes");
    }

    @Test
    void whatNoControllerSeesIsAProblemToo() throws IOException {
        List<String> requests = List.of(
                "GET /api/v1/captures?kernel=%FF HTTP/1.1\r\nHost: localhost\r\n",
                "GET /api/v1/hosts/a%2Fb HTTP/1.1\r\nHost: localhost\r\n",
                "GET /api/v1/hosts/%00 HTTP/1.1\r\nHost: localhost\r\n",
                "GET /api/v1/hosts/%2500 HTTP/1.1\r\nHost: localhost\r\n",
                "GET /api/v1/hosts/{name} HTTP/1.1\r\nHost: localhost\r\n",
                "GET /api/v1/lint HTTP/1.1\r\nHost: localhost\r\nX-Long: " + "x".repeat(20_000) + "\r\n",
                "GET /api/v1/lint HTTP/1.1\r\n",
                "GET /api/v1/lint HTTP/9.9\r\nHost: localhost\r\n",
                "POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                        + "Content-Length: 8\r\n\r\nname=%FF",
                "nonsense\r\n");
        for (String request : requests) {
            assertThat(raw(request + "Connection: close\r\n\r\n"))
                    .as(request)
                    .startsWith("HTTP/1.1 400")
                    .contains("Content-Type: application/problem+json")
                    .contains("\"type\":\"/problems/malformed-request\"");
        }
        assertThat(service.get("/error", "Accept", "text/html").text()).contains("<h1>Not Found</h1>");
    }

    @Test
    void namesAndReasonsOfAnyScriptAreKept() throws IOException {
        String created =
                raw("POST /api/v1/machine-types HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Authorization: Bearer " + service.token() + "\r\nX-Migreg-Author: Žofie\r\n"
                        + "X-Migreg-Reason: für später\r\nConnection: close\r\nContent-Length: 24\r\n\r\n"
                        + "{\"name\": \"virt-scripts\"}");
        assertThat(created).startsWith("HTTP/1.1 201");
        JsonNode revision = service.get(V1 + "/revisions?since=" + (newestRevision() - 1))
                .json()
                .get(0);
        assertThat(revision.get("author").asString()).isEqualTo("Žofie");
        assertThat(revision.get("reason").asString()).isEqualTo("für später");
        // Bytes of these letters are control characters in ISO 8859-1.
        String again = raw("DELETE /api/v1/machine-types/virt-scripts HTTP/1.1\r\nHost: localhost\r\n"
                + "Authorization: Bearer " + service.token() + "\r\nX-Migreg-Author: Änne Strauß\r\nIf-Match: *\r\n"
                + "X-Migreg-Reason: Überprüft\r\nConnection: close\r\n\r\n");
        assertThat(again).startsWith("HTTP/1.1 204");
        assertThat(raw("POST /api/v1/machine-types HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Authorization: Bearer " + service.token() + "\r\nX-Migreg-Author: a\u0085b\r\n"
                        + "Connection: close\r\nContent-Length: 23\r\n\r\n{\"name\": \"virt-author\"}"))
                .startsWith("HTTP/1.1 400")
                .contains("\"field\":\"X-Migreg-Author\"");
    }

    /** What is not a request that a client library would send, byte by byte. */
    private String raw(String request) throws IOException {
        URI address = URI.create(service.address());
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            RunningService.requireContract(Exchange.ofBytes(request, answer));
            return answer;
        }
    }

    @Test
    void sixtyThousandRegistersAndTenMebibytesAreRefused() {
        StringBuilder registers = new StringBuilder();
        for (int i = 0; i < 60_000; i++) {
            registers
                    .append(i == 0 ? "" : ",")
                    .append('"')
                    .append(String.format("0x60300000%08x", 0x130000 + i))
                    .append('"');
        }
        Answer many = service.ask(
                V1 + "/evaluations",
                "{\"machineType\": \"virt-10.1\", \"source\": {\"registers\": [" + registers
                        + "]}, \"destination\": {\"kernel\": \"6.2\"}}");
        assertThat(many.status()).isEqualTo(400);
        assertThat(many.json().get("field").asString()).isEqualTo("source.registers");
        Answer large = service.ask(V1 + "/evaluations", " ".repeat(10 << 20));
        assertThat(large.status()).isEqualTo(413);
        assertThat(large.problem()).isEqualTo("body-too-large");
        Answer largeCapture = service.write("POST", V1 + "/captures", "{" + " ".repeat(10 << 20) + "}");
        assertThat(largeCapture.status()).isEqualTo(400);
        assertThat(largeCapture.problem()).isEqualTo("unreadable-capture");
    }

    @Test
    void badWritesAreRefusedAndChangeNothing() {
        machineType("virt-a", null);
        machineType("virt-b", "virt-a");
        long before = newestRevision();
        assertThat(machineType("virt-a", null).problem()).isEqualTo("machine-type-exists");
        assertThat(machineType("virt-c", "virt-none").problem()).isEqualTo("unknown-parent");
        assertThat(machineType("bad name", null).problem()).isEqualTo("invalid-field");
        assertThat(service.write("PUT", V1 + "/machine-types/virt-a", "{\"inheritsFrom\": \"virt-b\"}", "If-Match", "*")
                        .problem())
                .isEqualTo("inheritance-cycle");
        assertThat(service.write("DELETE", V1 + "/machine-types/virt-a", null, "If-Match", "*")
                        .problem())
                .isEqualTo("machine-type-in-use");
        Answer unstorable =
                service.write("POST", V1 + "/machine-types", "{\"name\": \"virt-c\", \"description\": \"a\\u0000b\"}");
        assertThat(unstorable.problem()).isEqualTo("invalid-field");
        assertThat(unstorable.json().get("field").asString()).isEqualTo("description");
        Answer anyType = service.send(service.request(V1 + "/machine-types", "Content-Type", "application/*+json")
                .header("Authorization", "Bearer " + service.token())
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\": \"virt-c\"}")));
        assertThat(anyType.problem()).isEqualTo("unsupported-media-type");
        assertThat(service.write("DELETE", V1 + "/machine-types/" + "x".repeat(4000), null, "If-Match", "*")
                        .problem())
                .isEqualTo("unknown-machine-type");
        assertThat(service.write("DELETE", V1 + "/machine-types/virt-zz", null, "If-Match", "*")
                        .problem())
                .isEqualTo("unknown-machine-type");
        String entries = V1 + "/machine-types/virt-a/entries";
        String[][] wrong = {
            {HIDE_BITMAP.replace("x-mig-hidden-regs", "x-mig-hidden"), "property"},
            {HIDE_BITMAP.replace("KVM_REG_ARM_VENDOR_HYP_BMAP_2", "NOPE"), "register"},
            {HIDE_BITMAP.replace("KVM_REG_ARM_VENDOR_HYP_BMAP_2", "0x6030000000100000"), "register"},
            {HIDE_BITMAP.replace(">=6.16", "6.16 and later"), "kernels.range"},
            {HIDE_BITMAP.replace("\"upstream\"", "\"gentoo\""), "kernels.stream"},
            {HIDE_BITMAP.replace("null", "{\"mask\": \"0x0\", \"expected\": \"0x0\"}"), "condition"},
            {HIDE_BITMAP.replace("Exposed from 6.16 on.", " "), "rationale"},
            {HIDE_BITMAP.replace("[\"linux c0000e58c74e\"]", "\"x\""), "references"},
            {"{}", "property"}
        };
        for (String[] each : wrong) {
            Answer answer = service.write("POST", entries, each[0]);
            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
            assertThat(answer.json().get("field").asString()).as(answer.text()).isEqualTo(each[1]);
        }
        assertThat(service.send(service.request(V1 + "/machine-types")
                                .header("Authorization", "Bearer " + service.token())
                                .header("Content-Type", "text/plain")
                                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("virt")))
                        .problem())
                .isEqualTo("unsupported-media-type");
        assertThat(service.write("PATCH", V1 + "/machine-types/virt-a", "{}").problem())
                .isEqualTo("method-not-allowed");
        assertThat(service.write("POST", V1 + "/captures", "").problem()).isEqualTo("unreadable-capture");
        assertThat(service.get(V1 + "/machine-types/virt-a?revision=x").problem())
                .isEqualTo("invalid-field");
        assertThat(service.get(V1 + "/nothing").problem()).isEqualTo("not-found");
        assertThat(newestRevision()).isEqualTo(before);
    }

    private long newestRevision() {
        long newest = 0;
        while (true) {
            JsonNode page =
                    service.get(V1 + "/revisions?limit=1000&since=" + newest).json();
            if (page.isEmpty()) {
                return newest;
            }
            newest = page.get(page.size() - 1).get("number").asLong();
        }
    }

    @Test
    void theServiceIsReadyAndAlive() {
        assertThat(service.get("/actuator/health/liveness").json().get("status").asString())
                .isEqualTo("UP");
        assertThat(service.get("/actuator/health/readiness")
                        .json()
                        .get("status")
                        .asString())
                .isEqualTo("UP");
    }
}
