package org.migreg.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.migreg.api.RunningService.Answer;
import org.migreg.register.WholeLists;
import tools.jackson.databind.JsonNode;

/** Hosts, their captures and their drift, over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostApiTests {

    private static final String HOSTS = "/api/v1/hosts";
    private static final String TCR2 = "[\"0x603000000013c103\", \"0x0\"]";
    private static final String TIMER = "[\"0x603000000013df01\", \"0x0\"]";
    private static final String FPMR = "[\"0x603000000013da22\", \"0x0\"]";
    private static final String PIR = "[\"0x603000000013c513\", \"0x0\"]";

    private RunningService service;

    @BeforeAll
    void start(@TempDir Path directory) {
        service = new RunningService(directory);
    }

    @AfterAll
    void stop() {
        service.close();
    }

    /** Posts a capture of a kernel and gives its id. */
    private String capture(String kernel, String registers) {
        Answer answer = service.write("POST", "/api/v1/captures", """
                {"kernelRelease": "%s", "cpuModel": "neoverse-v1", "accelerator": "kvm",
                 "vcpuFeatureSet": "qemu-host", "registers": [%s]}""".formatted(kernel, registers));
        return answer.json().get("id").asString();
    }

    /** Posts a capture that has all that every KVM host lists, and these registers. */
    private String wholeCapture(String kernel, String registers) {
        String always = WholeLists.always().stream().map(id -> "\"" + id + "\"").collect(Collectors.joining(","));
        return capture(kernel, registers.isEmpty() ? always : always + "," + registers);
    }

    private Answer put(String name, String capture, String... headers) {
        return service.write("PUT", HOSTS + "/" + name, "{\"capture\": \"" + capture + "\"}", headers);
    }

    private long newestRevision() {
        JsonNode revisions = service.get("/api/v1/revisions?limit=1000").json();
        return revisions.get(revisions.size() - 1).get("number").asLong();
    }

    @Test
    void aHostTellsWhichCaptureItHasAndHadBeforeAndWhoSaidSo() {
        String before = capture("6.12.1", TCR2);
        String after = capture("6.13.1", TCR2);
        Answer created = put("Compute-1.example.org", before, "X-Migreg-Author", "alice", "X-Migreg-Reason", "new");
        Answer changed =
                put("compute-1.example.org", after, "X-Migreg-Author", "bob", "X-Migreg-Reason", "kernel update");

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("Location")).isEqualTo(HOSTS + "/compute-1.example.org");
        assertThat(changed.status()).isEqualTo(200);
        Answer got = service.get(HOSTS + "/compute-1.example.org");
        assertThat(got.status()).isEqualTo(200);
        assertThat(got.header("ETag")).isEqualTo(changed.header("ETag"));
        assertThat(got.json()).isEqualTo(changed.json());
        assertThat(got.json().get("host").get("stale").isNull()).isTrue();
        JsonNode host = got.json().get("host");
        assertThat(host.get("capture").asString()).isEqualTo(after);
        assertThat(host.get("kernel").get("release").asString()).isEqualTo("6.13.1");
        assertThat(got.header("ETag")).isEqualTo("\"" + host.get("revision").asLong() + "\"");
        JsonNode history = got.json().get("history");
        assertThat(history.size()).isEqualTo(2);
        assertThat(history.get(0).get("ended").isNull()).isTrue();
        assertThat(history.get(1).get("capture").asString()).isEqualTo(before);
        assertThat(history.get(1).get("begun").get("author").asString()).isEqualTo("alice");
        assertThat(history.get(1).get("ended").get("author").asString()).isEqualTo("bob");
        assertThat(history.get(1).get("ended").get("reason").asString()).isEqualTo("kernel update");
        JsonNode change = service.get(
                        "/api/v1/revisions/" + host.get("revision").asLong())
                .json();
        assertThat(change.get("revision").get("kind").asString()).isEqualTo("HOSTS");
        assertThat(change.get("changes").get(0).get("subject").asString()).isEqualTo("HOST");
        assertThat(change.get("changes").get(0).get("before").get("capture").asString())
                .isEqualTo(before);
    }

    @Test
    void aGuestMayBeAskedAboutByTheNamesOfItsHosts() {
        put("asked-old.example.org", wholeCapture("6.12.9", TCR2));
        put("asked-new.example.org", wholeCapture("6.18.9", PIR));
        String question = "{\"machineType\": \"%s\","
                + " \"source\": {\"host\": \"asked-old.example.org\", \"xMigProperties\": true},"
                + " \"destination\": {\"host\": \"%s\"%s}}";

        Answer tolerated = service.ask(
                "/api/v1/evaluations",
                question.formatted("virt-10.1", "Asked-New.example.org", ", \"loadBehaviour\": \"X_MIG_PROPERTIES\""));
        assertThat(tolerated.json().get("verdict").asString()).isEqualTo("COMPATIBLE_WITH_WARNINGS");
        JsonNode source = tolerated.json().get("source");
        assertThat(source.get("host").asString()).isEqualTo("asked-old.example.org");
        assertThat(source.get("kernel").get("release").asString()).isEqualTo("6.12.9");
        assertThat(tolerated.json().get("destination").get("host").asString()).isEqualTo("asked-new.example.org");

        Answer nowhere = service.ask("/api/v1/evaluations", question.formatted("virt-10.1", "never-there", ""));
        assertThat(nowhere.problem()).isEqualTo("unresolved-reference");
        assertThat(nowhere.json().get("field").asString()).isEqualTo("destination.host");
        Answer twofold = service.ask(
                "/api/v1/evaluations",
                question.formatted("virt-10.1", "asked-new.example.org", ", \"kernel\": \"6.18.9\""));
        assertThat(twofold.problem()).isEqualTo("invalid-field");
        assertThat(twofold.json().get("field").asString()).isEqualTo("destination.kernel");
    }

    @Test
    void ofSeveralCapturesOfAKernelEachIsTried() {
        wholeCapture("6.12.41", TCR2);
        wholeCapture("6.12.41", TCR2 + "," + PIR);
        wholeCapture("6.18.41", "");
        String question = "{\"machineType\": \"virt-10.1\", \"source\": {\"kernel\": \"6.12.41\"},"
                + " \"destination\": {\"kernel\": \"6.18.41\"}}";

        JsonNode either = service.ask("/api/v1/evaluations", question).json();
        assertThat(either.get("verdict").asString()).isEqualTo("COMPATIBLE_WITH_WARNINGS");
        assertThat(either.get("findings").toString())
                .contains("LIST_UNDECIDED", "EXTRA_TOLERATED", "0x603000000013c103")
                .doesNotContain("0x603000000013c513");

        wholeCapture("6.12.41", FPMR);
        JsonNode open = service.ask("/api/v1/evaluations", question).json();
        assertThat(open.get("verdict").asString()).isEqualTo("UNKNOWN");
        assertThat(open.get("summary").asString()).contains("name the host or the capture");
    }

    @Test
    void aHostOfWhichNobodyKnowsTheQemuGivesNoMay() {
        String capture = wholeCapture("6.18.44", "");
        put("stock-1", capture);
        put("stock-2", capture);
        String question = "{\"machineType\": \"virt-10.1\", \"source\": {\"host\": \"stock-1\"%s},"
                + " \"destination\": {\"host\": \"stock-2\"%s}}";

        JsonNode unsaid =
                service.ask("/api/v1/evaluations", question.formatted("", "")).json();
        assertThat(unsaid.get("verdict").asString()).isEqualTo("UNKNOWN");
        assertThat(unsaid.get("qemuOutcome").get("loads").isNull()).isTrue();
        assertThat(unsaid.get("summary").asString()).contains("Nobody recorded which QEMU the host stock-1 runs");
        assertThat(unsaid.get("findings").toString()).contains("QEMU_UNKNOWN", "stock-2", "migreg.assume-qemu");

        JsonNode half = service.ask("/api/v1/evaluations", question.formatted("", ", \"qemu\": \"10.2.1\""))
                .json();
        assertThat(half.get("verdict").asString()).isEqualTo("UNKNOWN");
        JsonNode said = service.ask(
                        "/api/v1/evaluations", question.formatted(", \"qemu\": \"10.2.1\"", ", \"qemu\": \"10.2.1\""))
                .json();
        assertThat(said.get("mayMigrate").asBoolean()).isTrue();
        assertThat(said.get("assumptions"))
                .extracting(a -> a.get("code").asString())
                .containsExactly("GUEST_CPU_HOST");
    }

    @Test
    void aHostIsJudgedByTheQemuThatIsRecordedOfIt() {
        String capture = wholeCapture("6.18.47", "");
        String body = "{\"capture\": \"%s\", \"names\": [\"%s\"], %s}";
        for (String[] host : new String[][] {
            {"old-qemu", "\"qemu\": \"10.2.1\""},
            {"new-qemu", "\"qemu\": \"11.1.3\""},
            {"own-qemu", "\"qemu\": \"10.2.1\", \"xMigProperties\": true"},
            {"el-qemu", "\"qemu\": \"10.1.0-23.el10\""}
        }) {
            Answer put = service.write(
                    "PUT", HOSTS + "/" + host[0], body.formatted(capture, host[0] + ".example.org", host[1]));
            assertThat(put.status()).as(put.text()).isEqualTo(201);
            assertThat(put.json().get("host").get("names").get(0).asString()).isEqualTo(host[0] + ".example.org");
        }
        assertThat(behaviour("old-qemu.example.org")).isEqualTo("LENGTH_CHECKED COMPATIBLE");
        assertThat(behaviour("new-qemu")).isEqualTo("TOLERANCES COMPATIBLE");
        assertThat(behaviour("own-qemu")).isEqualTo("X_MIG_PROPERTIES COMPATIBLE");
        assertThat(behaviour("el-qemu")).endsWith("UNKNOWN");
        Answer taken = service.write(
                "PUT", HOSTS + "/thief", body.formatted(capture, "old-qemu.example.org", "\"qemu\": \"10.2.1\""));
        assertThat(taken.problem()).isEqualTo("invalid-field");
        assertThat(taken.text()).contains("another host goes by the name old-qemu.example.org");

        String byOtherName = HOSTS + "/own-qemu.example.org";
        assertThat(service.get("/hosts/own-qemu.example.org").text())
                .contains("<h1>own-qemu</h1>")
                .contains("has another record");
        assertThat(service.write("DELETE", byOtherName, null, "If-Match", "*").status())
                .isEqualTo(204);
        assertThat(service.get(HOSTS + "/own-qemu").problem()).isEqualTo("unknown-host");
        assertThat(service.get(byOtherName).problem()).isEqualTo("unknown-host");
    }

    private String behaviour(String host) {
        JsonNode answer = service.ask(
                        "/api/v1/evaluations",
                        "{\"machineType\": \"virt-10.1\", \"source\": {\"host\": \"%1$s\"}, \"destination\": {\"host\": \"%1$s\"}}"
                                .formatted(host))
                .json();
        return answer.get("qemuOutcome").get("behaviour").asString() + " "
                + answer.get("verdict").asString();
    }

    @Test
    void aRebootedHostWhoseListWasNotCollectedAgainGivesNoMay() {
        String capture = wholeCapture("6.18.48", "");
        service.write("PUT", HOSTS + "/rebooted", "{\"capture\": \"%s\", \"qemu\": \"11.1.3\"}".formatted(capture));
        assertThat(behaviour("rebooted")).isEqualTo("TOLERANCES COMPATIBLE");
        long revision = newestRevision();
        Answer heard = service.write("PUT", HOSTS + "/rebooted", "{\"kernel\": \"6.18.49\"}");
        assertThat(heard.status()).as(heard.text()).isEqualTo(200);
        assertThat(newestRevision()).isEqualTo(revision);
        assertThat(heard.json().get("host").get("stale").asString())
                .contains("runs 6.18.49, and its list is from 6.18.48", "collect it again");
        assertThat(behaviour("rebooted")).endsWith("UNKNOWN");
        // Nothing of what is sent each time tells that it was rebooted again.
        for (String says : List.of(
                "",
                "\"names\": [\"rebooted.example.org\"]",
                "\"qemu\": \"11.1.3\"",
                "\"capture\": \"" + capture + "\"")) {
            assertThat(service.write("PUT", HOSTS + "/rebooted", "{" + says + "}")
                            .status())
                    .isEqualTo(200);
            assertThat(behaviour("rebooted")).as(says).endsWith("UNKNOWN");
        }
        service.write(
                "POST",
                HOSTS + "/batch",
                "{\"hosts\": [{\"name\": \"rebooted\", \"capture\": \"%s\"}]}".formatted(capture));
        assertThat(behaviour("rebooted")).endsWith("UNKNOWN");
        service.write("PUT", HOSTS + "/rebooted", "{\"kernel\": \"6.18.48\"}");
        assertThat(behaviour("rebooted")).isEqualTo("TOLERANCES COMPATIBLE");
        service.write("PUT", HOSTS + "/rebooted", "{\"kernel\": \"6.18.49\"}");
        service.write("PUT", HOSTS + "/rebooted", "{\"capture\": \"%s\"}".formatted(wholeCapture("6.18.49", "")));
        assertThat(behaviour("rebooted")).isEqualTo("TOLERANCES COMPATIBLE");
    }

    @Test
    void whatTheSettingsAssumeOfTheFleetIsUsedAndSaid(@TempDir Path directory) {
        try (RunningService other =
                new RunningService(directory, "--migreg.assume-qemu=11.1.3", "--migreg.hosts.stale-after=1d")) {
            String capture = other.get(
                            "/api/v1/captures?kernel=6.18.15%2Bdeb13-arm64&cpuModel=neoverse-v1&vcpuFeatureSet=qemu-host")
                    .json()
                    .get("items")
                    .get(0)
                    .get("id")
                    .asString();
            other.write("PUT", HOSTS + "/assumed", "{\"capture\": \"%s\"}".formatted(capture));
            JsonNode answer = other.ask(
                            "/api/v1/evaluations",
                            "{\"machineType\": \"virt-10.1\", \"source\": {\"host\": \"assumed\"}, \"destination\": {\"host\": \"assumed\"}}")
                    .json();
            assertThat(answer.get("mayMigrate").asBoolean()).isTrue();
            assertThat(answer.get("qemuOutcome").get("behaviour").asString()).isEqualTo("TOLERANCES");
            assertThat(answer.get("assumptions").toString()).contains("QEMU_OF_SETTING", "11.1.3");
        }
    }

    @Test
    void aCaptureThatSaysItsQemuIsJudgedByIt() {
        String always = WholeLists.always().stream().map(id -> "\"" + id + "\"").collect(Collectors.joining(","));
        String stock = service.write("POST", "/api/v1/captures", """
                        {"kernelRelease": "6.18.44", "cpuModel": "neoverse-v1", "qemu": "10.2.1",
                         "registers": [%s]}""".formatted(always))
                .json()
                .get("id")
                .asString();
        String question = "{\"machineType\": \"virt-10.1\", \"source\": {\"capture\": \"%1$s\"},"
                + " \"destination\": {\"capture\": \"%1$s\"%2$s}}";
        JsonNode answer = service.ask("/api/v1/evaluations", question.formatted(stock, ""))
                .json();
        assertThat(answer.get("qemuOutcome").get("behaviour").asString()).isEqualTo("LENGTH_CHECKED");
        assertThat(answer.get("assumptions"))
                .extracting(a -> a.get("code").asString())
                .containsExactly("GUEST_CPU_HOST");
        assertThat(service.ask(
                                "/api/v1/evaluations",
                                question.formatted(stock, ", \"loadBehaviour\": \"X_MIG_PROPERTIES\""))
                        .json()
                        .get("qemuOutcome")
                        .get("behaviour")
                        .asString())
                .isEqualTo("X_MIG_PROPERTIES");
    }

    @Test
    void aGuestKeepsTheCpuThatItsSourceGivesIt() {
        String capture = service.get(
                        "/api/v1/captures?kernel=6.18.15%2Bdeb13-arm64&cpuModel=neoverse-v1&vcpuFeatureSet=qemu-host")
                .json()
                .get("items")
                .get(0)
                .get("id")
                .asString();
        String body = "{\"capture\": \"%s\", \"qemu\": \"11.1.3\", \"cpu\": \"%s\"}";
        for (String[] host :
                new String[][] {{"gives-host", "host"}, {"gives-named", "cortex-a57"}, {"gives-no-pmu", "host,pmu=off"}
                }) {
            assertThat(service.write("PUT", HOSTS + "/" + host[0], body.formatted(capture, host[1]))
                            .status())
                    .isEqualTo(201);
        }
        JsonNode withPmu = moved("gives-host", "gives-no-pmu");
        assertThat(withPmu.get("mayMigrate").asBoolean()).isTrue();
        assertThat(withPmu.get("destination").get("registers"))
                .isEqualTo(withPmu.get("source").get("registers"));
        assertThat(moved("gives-named", "gives-host").get("verdict").asString()).isEqualTo("UNKNOWN");
        assertThat(moved("gives-host", "gives-named").get("mayMigrate").asBoolean())
                .isTrue();
        JsonNode twofold = service.ask(
                        "/api/v1/evaluations",
                        "{\"machineType\": \"virt-10.1\", \"source\": {\"host\": \"gives-host\"},"
                                + " \"destination\": {\"host\": \"gives-host\", \"cpu\": \"cortex-a57\"}}")
                .json();
        assertThat(twofold.get("verdict").asString()).isEqualTo("UNKNOWN");
        assertThat(twofold.get("findings").toString()).contains("a guest keeps its CPU");
    }

    private JsonNode moved(String source, String destination) {
        return service.ask(
                        "/api/v1/evaluations",
                        "{\"machineType\": \"virt-10.1\", \"source\": {\"host\": \"%s\"}, \"destination\": {\"host\": \"%s\"}}"
                                .formatted(source, destination))
                .json();
    }

    @Test
    void aSourceWithAPackageThatIsNotKnownGivesNoMay() {
        wholeCapture("6.18.43", "");
        String question = "{\"machineType\": \"virt-10.1\", \"source\": {\"kernel\": \"6.18.43\", \"qemu\": \"%s\"%s},"
                + " \"destination\": {\"kernel\": \"6.18.43\"}}";
        JsonNode answer = service.ask("/api/v1/evaluations", question.formatted("10.1.0-99.el11", ""))
                .json();
        assertThat(answer.get("verdict").asString()).isEqualTo("UNKNOWN");
        assertThat(answer.get("findings").toString()).contains("QEMU_UNKNOWN", "10.1.0-99.el11");
        for (String[] known :
                new String[][] {{"10.1.0-16.el10", ""}, {"10.1.0-99.el11", ", \"xMigProperties\": false"}}) {
            assertThat(service.ask("/api/v1/evaluations", question.formatted(known[0], known[1]))
                            .json()
                            .get("mayMigrate")
                            .asBoolean())
                    .as(known[0])
                    .isTrue();
        }
    }

    @Test
    void aQuestionAboutKernelsSaysWhichQemuItAssumes() {
        wholeCapture("6.18.45", "");
        JsonNode answer = service.ask(
                        "/api/v1/evaluations",
                        "{\"machineType\": \"virt-10.1\", \"source\": {\"kernel\": \"6.18.45\"},"
                                + " \"destination\": {\"kernel\": \"6.18.45\"}}")
                .json();
        assertThat(answer.get("verdict").asString()).isEqualTo("COMPATIBLE");
        assertThat(answer.get("assumptions"))
                .extracting(a -> a.get("code").asString())
                .containsExactly("SOURCE_QEMU_OF_TABLES", "DESTINATION_QEMU_OF_TABLES", "GUEST_CPU_HOST");
    }

    @Test
    void aCaptureThatIsCutIsStoredWithARemarkAndGivesNoMay() {
        Answer posted = service.write("POST", "/api/v1/captures", """
                {"kernelRelease": "6.18.46", "cpuModel": "neoverse-v1", "registers": [%s]}""".formatted(TIMER));
        assertThat(posted.status()).isEqualTo(201);
        assertThat(posted.text())
                .contains("1 register cannot be a KVM host's list (the shortest real ones have about 160)");
        String id = posted.json().get("id").asString();
        JsonNode answer = service.ask(
                        "/api/v1/evaluations",
                        "{\"machineType\": \"virt-10.1\", \"source\": {\"capture\": \"%1$s\"}, \"destination\": {\"capture\": \"%1$s\"}}"
                                .formatted(id))
                .json();
        assertThat(answer.get("verdict").asString()).isEqualTo("UNKNOWN");
        assertThat(answer.get("findings").toString()).contains("LIST_NOT_WHOLE");
    }

    @Test
    void aGuestWithOtherCpuOptionsHasAnotherList() {
        String question = """
                {"machineType": "virt-10.1",
                 "source": {"kernel": "6.18.15+deb13-arm64", "cpuModel": "neoverse-v1", "cpu": "%s", "qemu": "11.1.3"},
                 "destination": {"kernel": "6.12.107+deb13-arm64", "cpuModel": "neoverse-v1", "qemu": "11.1.3"}}""";
        JsonNode pmuOff = service.ask("/api/v1/evaluations", question.formatted("host,pmu=off"))
                .json();
        JsonNode host =
                service.ask("/api/v1/evaluations", question.formatted("host")).json();
        assertThat(host.get("source").get("registers").asInt()
                        - pmuOff.get("source").get("registers").asInt())
                .isEqualTo(74);
        assertThat(host.get("destination").get("registers").asInt()
                        - pmuOff.get("destination").get("registers").asInt())
                .isEqualTo(74);
        assertThat(pmuOff.get("assumptions").toString()).contains("LIST_DERIVED");

        JsonNode named = service.ask("/api/v1/evaluations", question.formatted("cortex-a57"))
                .json();
        assertThat(named.get("verdict").asString()).isEqualTo("UNKNOWN");
        assertThat(named.get("findings").toString()).contains("CPU_OPTIONS_UNKNOWN");
        JsonNode nested = service.ask("/api/v1/evaluations", question.formatted("host,virtualization=on"))
                .json();
        assertThat(nested.get("verdict").asString()).isEqualTo("INCOMPATIBLE");
        assertThat(nested.get("summary").asString()).contains("KVM nested virt is enabled");
        Answer wrong = service.ask("/api/v1/evaluations", question.formatted("host,pmu"));
        assertThat(wrong.problem()).isEqualTo("invalid-field");
        assertThat(wrong.json().get("field").asString()).isEqualTo("source.cpu");
    }

    @Test
    void theSameCaptureAgainChangesNothing() {
        String capture = capture("6.12.2", TCR2);
        Answer first = put("unchanged", capture);
        long revision = newestRevision();
        Answer again = put("unchanged", capture);

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().get("history")).isEqualTo(first.json().get("history"));
        assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(newestRevision()).isEqualTo(revision);
    }

    @Test
    void whatAHostCannotHaveIsRefusedByName() {
        String unknown = "sha256:" + "0".repeat(64);
        String capture = capture("6.12.3", TCR2);

        Answer unresolved = put("refused", unknown);
        assertThat(unresolved.problem()).isEqualTo("unresolved-reference");
        assertThat(unresolved.json().get("field").asString()).isEqualTo("capture");
        assertThat(put("refused", "6.12.3").problem()).isEqualTo("invalid-field");
        assertThat(service.write("PUT", HOSTS + "/refused", "{}").problem()).isEqualTo("invalid-field");
        assertThat(put("not%20a%20name", capture).problem()).isEqualTo("invalid-field");
        assertThat(put("refused", capture, "If-Match", "*").problem()).isEqualTo("stale-version");
        assertThat(service.get(HOSTS + "/refused").problem()).isEqualTo("unknown-host");
        assertThat(service.send(service.request(HOSTS + "/refused", "Content-Type", "application/json")
                                .PUT(HttpRequest.BodyPublishers.ofString("{\"capture\": \"" + capture + "\"}")))
                        .problem())
                .isEqualTo("unauthenticated");
    }

    @Test
    void aHostIsDeletedByWhoSawItsNewestVersion() {
        String capture = capture("6.12.4", TCR2);
        String first = put("deleted", capture).header("ETag");
        String second = put("deleted", capture("6.13.4", TCR2)).header("ETag");

        String address = HOSTS + "/deleted";
        assertThat(service.write("DELETE", address, null).problem()).isEqualTo("precondition-required");
        assertThat(service.write("DELETE", address, null, "If-Match", first).problem())
                .isEqualTo("stale-version");
        assertThat(put("deleted", capture, "If-Match", first).problem()).isEqualTo("stale-version");
        assertThat(service.write("DELETE", address, null, "If-Match", second).status())
                .isEqualTo(204);
        assertThat(service.get(address).status()).isEqualTo(404);
        assertThat(service.write("DELETE", address, null, "If-Match", "*").problem())
                .isEqualTo("unknown-host");
    }

    @Test
    void hostsAreListedInPagesByKernelAndCaptureAndCounted() {
        String many = capture("6.12.5", TCR2);
        String one = capture("6.12.5", TCR2 + ", " + PIR);
        for (int i = 1; i <= 3; i++) {
            put("listed-" + i, many);
        }
        put("listed-4", one);

        JsonNode page = service.get(HOSTS + "?kernel=6.12.5&offset=1&limit=2").json();
        assertThat(page.get("total").asInt()).isEqualTo(4);
        assertThat(page.get("items").size()).isEqualTo(2);
        assertThat(page.get("items").get(0).get("name").asString()).isEqualTo("listed-2");
        JsonNode having = service.get(HOSTS + "?capture=" + one).json();
        assertThat(having.get("items").size()).isEqualTo(1);
        assertThat(having.get("items").get(0).get("name").asString()).isEqualTo("listed-4");
        JsonNode groups = service.get(HOSTS + "?groupBy=capture&kernel=6.12.5").json();
        assertThat(groups.get("total").asInt()).isEqualTo(2);
        assertThat(groups.get("items").get(0).get("capture").asString()).isEqualTo(many);
        assertThat(groups.get("items").get(0).get("hosts").asInt()).isEqualTo(3);
        assertThat(groups.get("items").get(1).get("hosts").asInt()).isEqualTo(1);
        assertThat(service.get(HOSTS + "?groupBy=kernel").problem()).isEqualTo("invalid-field");
        assertThat(service.get(HOSTS + "?capture=none").problem()).isEqualTo("invalid-field");
    }

    @Test
    void aHostThatLeavesTheBaselineOfItsKernelIsReportedWithNamedRegisters() {
        String baseline = capture("6.12.6", TCR2);
        String odd = capture("6.12.6", "[\"0x603000000013c103\", \"0x5\"], " + PIR);
        String unused = capture("6.12.6", PIR);
        put("steady-1", baseline);
        put("steady-2", baseline);
        put("odd", odd);

        JsonNode drift = service.get("/api/v1/drift?kernel=6.12.6").json();
        JsonNode hosts = drift.get("hosts");
        assertThat(hosts.get("total").asInt()).isEqualTo(1);
        JsonNode item = hosts.get("items").get(0);
        assertThat(item.get("kind").get("cpu").asString()).isEqualTo("neoverse-v1");
        assertThat(item.get("baseline").asString()).isEqualTo(baseline);
        assertThat(item.get("baselineHosts").asInt()).isEqualTo(2);
        assertThat(item.get("capture").asString()).isEqualTo(odd);
        assertThat(item.get("hosts").toString()).isEqualTo("[\"odd\"]");
        JsonNode added = item.get("added").get(0);
        assertThat(added.get("register").get("name").asString()).isEqualTo("PIR_EL1");
        assertThat(added.get("knownEvents"))
                .isNotEmpty()
                .allSatisfy(event ->
                        assertThat(event.get("registerName").asString()).isEqualTo("PIR_EL1"))
                .anySatisfy(
                        event -> assertThat(event.get("property").asString()).isEqualTo("x-mig-safe-missing-regs"));
        assertThat(item.get("missing").size()).isZero();
        JsonNode changed = item.get("changed").get(0);
        assertThat(changed.get("register").get("name").asString()).isEqualTo("TCR2_EL1");
        assertThat(changed.get("baseline").asString()).isEqualTo("0x0");
        assertThat(changed.get("value").asString()).isEqualTo("0x5");
        assertThat(changed.get("knownEvents")).isNotEmpty();
        JsonNode kernels = drift.get("kernels");
        assertThat(kernels.get("total").asInt()).isEqualTo(2);
        assertThat(kernels.get("items"))
                .filteredOn(kernel -> kernel.get("capture").asString().equals(unused))
                .singleElement()
                .satisfies(kernel -> assertThat(kernel.get("missing")
                                .get(0)
                                .get("knownEvents")
                                .get(0)
                                .get("registerName")
                                .asString())
                        .isEqualTo("TCR2_EL1"));
        assertThat(kernels.get("items"))
                .extracting(kernel -> kernel.get("capture").asString())
                .containsExactlyInAnyOrder(odd, unused);
        put("odd", baseline);
        assertThat(service.get("/api/v1/drift?kernel=6.12.6")
                        .json()
                        .get("hosts")
                        .get("total")
                        .asInt())
                .isZero();
    }

    @Test
    void aFleetIsSentInOneRequestAndOneRevision() {
        String before = capture("6.12.7", TCR2);
        String after = capture("6.13.7", TCR2);
        put("fleet-1", before);
        put("fleet-2", after);
        long revision = newestRevision();
        String fleet = """
                {"hosts": [{"name": "fleet-1", "capture": "%s"}, {"name": "Fleet-2", "capture": "%s"},
                           {"name": "fleet-3", "capture": "%s"}]}""".formatted(after, after, after);

        Answer written = service.write("POST", HOSTS + "/batch", fleet, "X-Migreg-Reason", "kernel update");

        assertThat(written.status()).as(written.text()).isEqualTo(200);
        assertThat(written.text())
                .isEqualTo("{\"revision\":" + (revision + 1) + ",\"created\":1,\"changed\":1,\"unchanged\":1}");
        JsonNode host = service.get(HOSTS + "/fleet-1").json();
        assertThat(host.get("host").get("capture").asString()).isEqualTo(after);
        assertThat(host.get("history").get(1).get("capture").asString()).isEqualTo(before);
        assertThat(host.get("history").get(0).get("begun").get("reason").asString())
                .isEqualTo("kernel update");
        assertThat(service.get(HOSTS + "?capture=" + after).json().get("total").asInt())
                .isEqualTo(3);
        assertThat(service.write("POST", HOSTS + "/batch", fleet)
                        .json()
                        .get("revision")
                        .isNull())
                .isTrue();
        assertThat(newestRevision()).isEqualTo(revision + 1);
    }

    @Test
    void aFleetWithOneHostWrongIsRefusedWhole() {
        String capture = capture("6.12.8", TCR2);
        String right = "{\"name\": \"whole-1\", \"capture\": \"" + capture + "\"}";
        String unknown = "{\"name\": \"whole-2\", \"capture\": \"sha256:" + "0".repeat(64) + "\"}";

        Answer unresolved = service.write("POST", HOSTS + "/batch", "{\"hosts\": [" + right + ", " + unknown + "]}");
        assertThat(unresolved.problem()).isEqualTo("unresolved-reference");
        assertThat(unresolved.json().get("field").asString()).isEqualTo("hosts[1].capture");
        Answer twice = service.write("POST", HOSTS + "/batch", "{\"hosts\": [" + right + ", " + right + "]}");
        assertThat(twice.problem()).isEqualTo("invalid-field");
        assertThat(twice.json().get("field").asString()).isEqualTo("hosts[1].name");
        Answer nameless = service.write("POST", HOSTS + "/batch", "{\"hosts\": [{}]}");
        assertThat(nameless.json().get("field").asString()).isEqualTo("hosts[0].name");
        for (String body : new String[] {"{}", "{\"hosts\": []}", "{\"hosts\": [null]}"}) {
            assertThat(service.write("POST", HOSTS + "/batch", body).problem()).isEqualTo("invalid-field");
        }
        assertThat(service.get(HOSTS + "/whole-1").status()).isEqualTo(404);
        assertThat(service.ask(HOSTS + "/batch", "{\"hosts\": [" + right + "]}").problem())
                .isEqualTo("unauthenticated");
    }
}
