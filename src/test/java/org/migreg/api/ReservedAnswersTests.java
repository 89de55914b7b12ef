package org.migreg.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What speaks against a move, in every answer there is: captures of two hosts whose collection failed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReservedAnswersTests {

    private static final String V1 = "/api/v1";
    private static final String SCTLR = "\"0x603000000013c080\"";
    private static final String TCR2 = "\"0x603000000013c103\"";

    private RunningService service;
    private String older;
    private String newer;

    @BeforeAll
    void start(@TempDir Path directory) {
        service = new RunningService(directory);
        older = capture("6.12.9", SCTLR + "," + TCR2);
        newer = capture("6.18.46", SCTLR);
        service.write("POST", V1 + "/expectations", """
                {"machineType": "virt-10.1", "sourceKernels": {"stream": "upstream", "range": "6.18.46"},
                 "destinationKernels": {"stream": "upstream", "range": "6.12.9"}, "cpuModel": "cut"}""");
    }

    @AfterAll
    void stop() {
        service.close();
    }

    private String capture(String kernel, String registers) {
        return service.write("POST", V1 + "/captures", """
                        {"kernelRelease": "%s", "cpuModel": "cut", "vcpuFeatureSet": "qemu-host", "registers": [%s]}""".formatted(kernel, registers))
                .json()
                .get("id")
                .asString();
    }

    private JsonNode ask(String path, String body) {
        return service.ask(V1 + path, body.replace('\'', '"')).json();
    }

    @Test
    void theCheckKnowsNothing() {
        for (List<String> move : List.of(List.of(older, newer), List.of(newer, older))) {
            JsonNode answer = ask(
                    "/evaluations",
                    "{'machineType': 'virt-10.1', 'source': {'capture': '%s'}, 'destination': {'capture': '%s'}}"
                            .formatted(move.get(0), move.get(1)));
            assertThat(answer.get("verdict").asString()).isEqualTo("UNKNOWN");
        }
    }

    @Test
    void theMatrixKnowsNothing() {
        JsonNode pairs = service.get(V1 + "/matrix?machineType=virt-10.1&cpuModel=cut")
                .json()
                .get("pairs");
        assertThat(pairs.size()).isEqualTo(4);
        for (JsonNode pair : pairs) {
            assertThat(pair.get("verdict").asString()).isEqualTo("UNKNOWN");
        }
    }

    @Test
    void aChangeMakesNothingMigratable() {
        JsonNode impact = ask("/impact", """
                        {'edits': [{'op': 'add', 'machineType': 'virt-10.1', 'entry': {
                          'property': 'x-mig-safe-missing-regs', 'register': %s,
                          'kernels': {'stream': 'upstream', 'range': '>=6.18.40'}, 'rationale': 'a trial'}}]}""".formatted(TCR2));
        JsonNode changes = impact.get("changes");
        assertThat(changes.toString()).doesNotContain("\"cut\"");
    }

    @Test
    void adviceTellsNothingFromThem() {
        JsonNode advice = ask("/advice", "{'machineType': 'virt-10.1', 'cpuModel': 'cut'}");
        assertThat(advice.get("wanted").asInt()).isEqualTo(2);
        assertThat(advice.get("entries").isEmpty()).isTrue();
        assertThat(advice.get("undecidedTotal").asInt()).isEqualTo(2);
        assertThat(advice.get("undecided").get(0).get("summary").asString()).contains("cannot be a KVM host's list");
    }

    @Test
    void noUpgradeMayProceed() {
        JsonNode plan = ask(
                "/upgrade-plans",
                "{'machineType': 'virt-10.1', 'currentKernels': ['6.18.46'], 'hops': ['6.12.9'], 'cpuModel': 'cut'}");
        JsonNode asked = plan.get("asked");
        assertThat(asked.get("mayProceed").asBoolean()).isFalse();
        assertThat(asked.get("mayRollBack").asBoolean()).isFalse();
        assertThat(asked.get("strandedForward").get(0).get("verdict").asString())
                .isEqualTo("UNKNOWN");
        assertThat(plan.get("remedy").isNull()).isTrue();
    }

    @Test
    void noExpectationIsMet() {
        JsonNode outcomes = service.get(V1 + "/expectations/outcomes").json().get("outcomes");
        assertThat(outcomes.toString()).contains("on cut");
        for (JsonNode outcome : outcomes) {
            if (outcome.get("expectation").asString().contains("on cut")) {
                assertThat(outcome.get("status").asString()).isEqualTo("UNKNOWN");
            }
        }
    }

    @Test
    void everyAnswerListsOnceWhatItAssumed() {
        String[] ofTheTables = {"SOURCE_QEMU_OF_TABLES", "DESTINATION_QEMU_OF_TABLES", "GUEST_CPU_HOST"};
        String matrix = V1 + "/matrix?machineType=virt-10.1&cpuModel=cut";
        assertThat(codes(service.get(matrix).json())).containsExactly(ofTheTables);
        assertThat(codes(service.get(matrix + "&qemu=12.0.0&sourceXMigProperties=false")
                        .json()))
                .containsExactly("GUEST_CPU_HOST", "LATER_QEMU_AS_NEWEST");
        assertThat(codes(ask("/impact", "{'edits': []}"))).containsExactly(ofTheTables);
        assertThat(codes(ask("/advice", "{'machineType': 'virt-10.1', 'cpuModel': 'cut'}")))
                .containsExactly(ofTheTables);
        assertThat(codes(ask(
                        "/upgrade-plans",
                        "{'machineType': 'virt-10.1', 'currentKernels': ['6.18.46'], 'hops': ['6.12.9'],"
                                + " 'cpuModel': 'cut', 'qemu': '11.1.3'}")))
                .containsExactly("SOURCE_QEMU_OF_TABLES", "GUEST_CPU_HOST");
        assertThat(codes(service.get(V1 + "/expectations/outcomes").json())).containsExactly(ofTheTables);
        assertThat(codes(ask(
                                "/evaluations/batch",
                                "{'machineType': 'virt-10.1', 'source': {'capture': '%s'}, 'destinations': [{'capture': '%s'}]}"
                                        .formatted(older, newer))
                        .get(0)))
                .containsExactly(ofTheTables);
    }

    private static List<String> codes(JsonNode answer) {
        List<String> codes = new ArrayList<>();
        answer.get("assumptions")
                .forEach(assumption -> codes.add(assumption.get("code").asString()));
        return codes;
    }

    @Test
    void theBadgeIsGrey() {
        String badge = service.send(service.request("/badges/virt-10.1/6.18.46..6.12.9.svg?cpuModel=cut"))
                .text();
        assertThat(badge).contains("? not known");
    }

    @Test
    void ofAFewRegistersInAQuestionWhatFailsFailsAndNothingElseIsKnown() {
        String question =
                "{'machineType': 'virt-9.2', 'source': {'registers': [%s]}, 'destination': {'registers': [%s]}}";
        JsonNode passes = ask("/evaluations", question.formatted(SCTLR, SCTLR));
        assertThat(passes.get("verdict").asString()).isEqualTo("UNKNOWN");
        assertThat(passes.get("findings").toString()).contains("LIST_IS_EXCERPT");
        assertThat(passes.get("assumptions").toString()).contains("LIST_IS_EXCERPT");
        JsonNode fails = ask(
                "/evaluations",
                question.formatted(SCTLR + "," + TCR2, SCTLR)
                        .replace("'destination': {", "'destination': {'loadBehaviour': 'ALL_MISMATCHES', "));
        assertThat(fails.get("verdict").asString()).isEqualTo("INCOMPATIBLE");
        JsonNode cut = ask(
                "/evaluations",
                "{'machineType': 'virt-9.2', 'source': {'kernel': '6.12.107+deb13-arm64', 'cpuModel': 'neoverse-v1'},"
                        + " 'destination': {'registers': [" + SCTLR + "]}}");
        assertThat(cut.get("verdict").asString()).isEqualTo("UNKNOWN");
        assertThat(cut.get("findings").toString()).contains("LIST_NOT_WHOLE");
    }
}
