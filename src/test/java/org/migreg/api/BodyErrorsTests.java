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
import org.migreg.api.RunningService.Answer;
import tools.jackson.databind.JsonNode;

/** All that is wrong with a body is said at once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BodyErrorsTests {

    private static final String V1 = "/api/v1";

    private RunningService service;

    @BeforeAll
    void start(@TempDir Path directory) {
        service = new RunningService(directory, "--migreg.seed=false");
    }

    @AfterAll
    void stop() {
        service.close();
    }

    @Test
    void everyMistakeIsNamedWithItsPlace() {
        Answer answer = service.ask(V1 + "/evaluations", """
                {"machineTyp": "virt-10.1",
                 "source": {"kernel": "not a kernel", "accelerator": "xen", "vcpuFeatures": "sve"},
                 "destination": {"kernel": "6.2", "kernelPackage": 5, "qemu": "ten",
                  "registers": ["TCR2_EL1", "NOPE", {"id": "PIR_EL1", "value": 1}, null, {"id": "PIR_EL1", "name": "TCR2_EL1"}]}}
                """);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("invalid-field");
        assertThat(pointers(answer))
                .containsExactly(
                        "/machineTyp",
                        "/source/kernel",
                        "/source/accelerator",
                        "/source/vcpuFeatures",
                        "/destination/kernelPackage",
                        "/destination/qemu",
                        "/destination/registers/1",
                        "/destination/registers/2/value",
                        "/destination/registers/3",
                        "/destination/registers/4/name",
                        "/machineType");
        JsonNode errors = answer.json().get("errors");
        assertThat(errors.get(0).get("detail").asString()).contains("'machineType' was likely meant");
        assertThat(errors.get(1).get("field").asString()).isEqualTo("source.kernel");
        assertThat(errors.get(1).get("rejectedValue").asString()).isEqualTo("not a kernel");
        assertThat(answer.json().get("field").asString()).isEqualTo("machineTyp");
        assertThat(answer.json().get("detail").asString())
                .isEqualTo(errors.get(0).get("detail").asString());
    }

    @Test
    void whatDoesNotGoTogetherIsNamedBesideTheRest() {
        Answer answer = service.ask(V1 + "/evaluations/batch", """
                {"machineType": "virt-10.1",
                 "source": {"host": "compute-1", "kernel": "6.1", "cpuModel": "neoverse-v1"},
                 "destinations": [{"kernel": "6.2", "hardwareNv": 3}, {}, {"kernel": "6.2", "tolerances": "TABLE"}]}
                """);
        assertThat(pointers(answer))
                .containsExactly(
                        "/source/kernel",
                        "/source/cpuModel",
                        "/destinations/0/hardwareNv",
                        "/destinations/1",
                        "/destinations/2/tolerances");
    }

    @Test
    void everyEditOfAChangeIsLookedAt() {
        Answer answer = service.ask(V1 + "/impact", """
                {"edits": [
                  {"op": "remove", "machineType": "virt-10.1"},
                  {"op": "add", "machineType": "virt-10.1", "entry": {"property": "x-mig-hidden-regs",
                    "register": "TCR2_EL1", "kernels": {"stream": "upstream", "range": "6.16 and later"}}},
                  {"op": "delete", "machineType": "virt-10.1"},
                  {"op": "putMachineType", "machineType": "virt-10.1", "definition": {"name": "virt-10.2"}}],
                 "limit": 0}
                """);
        assertThat(pointers(answer))
                .containsExactly(
                        "/edits/0/op",
                        "/edits/1/entry/kernels/range",
                        "/edits/1/entry/rationale",
                        "/edits/2/id",
                        "/edits/3/definition/name");
    }

    @Test
    void noMoreThanAHundredMistakesAreNamed() {
        Answer answer = service.ask(
                V1 + "/evaluations",
                "{\"machineType\": \"virt-10.1\", \"source\": {\"registers\": [" + "[],".repeat(500)
                        + "[]]}, \"destination\": {\"kernel\": \"6.2\"}}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("errors").size()).isEqualTo(100);
    }

    @Test
    void theRegistersOfACaptureAreTakenAsTheyAreGiven() {
        Answer posted = service.write("POST", V1 + "/captures", """
                {"kernel": "6.12.107+deb13-arm64", "cpuModel": "neoverse-v1", "accelerator": "kvm",
                 "vcpuFeatureSet": "qemu-host", "registers": [["0x603000000013c103", "0x0"], ["0x603000000013c080", "0x1"]]}
                """);
        assertThat(posted.status()).as(posted.text()).isEqualTo(201);
        Answer capture = service.get(posted.header("Location"));
        String registers = capture.json().get("registers").toString();
        assertThat(registers).contains("\"name\"");
        Answer answer = service.ask(
                V1 + "/evaluations",
                "{\"machineType\": \"virt-10.1\", \"source\": {\"registers\": " + registers
                        + "}, \"destination\": {\"registers\": " + registers + "}}");
        // The machine type is not there: all else was read.
        assertThat(answer.problem()).as(answer.text()).isEqualTo("unresolved-reference");
    }

    private static List<String> pointers(Answer answer) {
        List<String> pointers = new ArrayList<>();
        for (JsonNode error : answer.json().get("errors")) {
            pointers.add(error.get("pointer").asString());
        }
        return pointers;
    }
}
