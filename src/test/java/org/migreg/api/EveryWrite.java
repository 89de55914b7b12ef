package org.migreg.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.migreg.api.RunningService.Answer;

/** Does each write that the API has, once, and asserts that it is taken. */
final class EveryWrite {

    private static final String V1 = "/api/v1";
    private static final String ENTRY = """
            {"property": "x-mig-hidden-regs", "register": "0x603000000013c4f6", "rationale": "%s", "references": [],
             "kernels": {"stream": "upstream", "range": ">=7.3"}}""";
    private static final String CAPTURE = """
            {"kernelRelease": "6.12.%s", "cpuModel": "neoverse-v1", "accelerator": "kvm",
             "vcpuFeatureSet": "every-write", "registers": [["0x603000000013c103", "0x0"]]}""";
    private static final String EXPECTATION = """
            {"machineType": "%s", "cpuModel": "neoverse-v1", "back": %s,
             "sourceKernels": {"stream": "el9", "range": "*"}, "destinationKernels": {"stream": "el10", "range": "*"}}""";

    private final RunningService service;
    private final Set<String> done = new TreeSet<>();

    private EveryWrite(RunningService service) {
        this.service = service;
    }

    /**
     * @param suffix tells apart what this call makes from what another one has made
     */
    static void of(RunningService service, String suffix) {
        EveryWrite writes = new EveryWrite(service);
        writes.tables("virt-w-" + suffix);
        writes.exchange("virt-x-" + suffix);
        writes.capturesAndHosts(suffix);
        writes.drafts("d-" + suffix, "virt-d-" + suffix);
        writes.expectations("virt-w-" + suffix);
        writes.deletions("virt-w-" + suffix);
        writes.accounts("account-" + suffix);
        writes.write("POST", "/backups", null);
        writes.write("DELETE", "/unread-samples/{id}", null, writes.sample());
        assertThat(writes.done)
                .as("the operations of the contract that need the token")
                .containsExactlyElementsOf(writes.operationsThatNeedTheToken());
    }

    private Set<String> operationsThatNeedTheToken() {
        Set<String> operations = new TreeSet<>();
        for (var path : service.get("/v3/api-docs").json().get("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                if (operation.getValue().has("security") && !operation.getKey().equals("get")) {
                    operations.add(operation.getKey().toUpperCase(Locale.ROOT) + " "
                            + path.getKey().substring(V1.length()));
                }
            }
        }
        assertThat(operations).isNotEmpty();
        return operations;
    }

    /** @param arguments what stands in place of the parts of the template in braces */
    private Answer write(String method, String template, String body, Object... arguments) {
        String path = template;
        for (Object argument : arguments) {
            path = path.replaceFirst("\\{[a-z]+}", argument.toString());
        }
        Answer answer = method.equals("POST")
                ? service.write(method, V1 + path, body)
                : service.write(method, V1 + path, body, "If-Match", "*");
        return taken(method + " " + template, answer);
    }

    private Answer taken(String operation, Answer answer) {
        assertThat(answer.status()).as(operation + ": " + answer.text()).isBetween(200, 204);
        done.add(operation);
        return answer;
    }

    private long sample() {
        return write("POST", "/unread-samples", "{\"log\": \"a log\", \"consent\": true}")
                .json()
                .get("id")
                .asLong();
    }

    private void tables(String machineType) {
        write("POST", "/machine-types", "{\"name\": \"" + machineType + "\"}");
        write("PUT", "/machine-types/{name}", "{\"description\": \"changed\"}", machineType);
        long id = write("POST", "/machine-types/{name}/entries", ENTRY.formatted("new"), machineType)
                .json()
                .get("id")
                .asLong();
        write("PUT", "/machine-types/{name}/entries/{id}", ENTRY.formatted("changed"), machineType, id);
        write("DELETE", "/machine-types/{name}/entries/{id}", null, machineType, id);
        var revisions = service.get(V1 + "/revisions?limit=1000").json();
        long deletion = revisions.get(revisions.size() - 1).get("number").asLong();
        write("POST", "/revisions/{number}/revert", null, deletion);
    }

    private void exchange(String machineType) {
        write("POST", "/tables/apply", """
                {"formatVersion": 1, "machineTypes": [{"name": "%s", "architecture": "aarch64", "entries": [%s]}]}""".formatted(machineType, ENTRY.formatted("applied")));
        taken(
                "POST /tables/import",
                service.send(service.request(V1 + "/tables/import")
                        .header("Authorization", "Bearer " + service.token())
                        .header("Content-Type", "text/plain")
                        .POST(HttpRequest.BodyPublishers.ofString("-machine " + machineType
                                + " -global arm-cpu.x-mig-safe-missing-regs=0x6030000000160003"))));
    }

    private void capturesAndHosts(String suffix) {
        String capture = write("POST", "/captures", CAPTURE.formatted(Math.floorMod(suffix.hashCode(), 9999)))
                .json()
                .get("id")
                .asString();
        String host = "host-" + suffix;
        // If-Match would ask for one that is there.
        taken("PUT /hosts/{name}", service.write("PUT", V1 + "/hosts/" + host, "{\"capture\": \"" + capture + "\"}"));
        write(
                "POST",
                "/hosts/batch",
                "{\"hosts\": [{\"name\": \"batch-" + suffix + "\", \"capture\": \"" + capture + "\"}]}");
        write("DELETE", "/hosts/{name}", null, host);
    }

    private void drafts(String name, String machineType) {
        String edits = """
                "edits": [{"op": "putMachineType", "machineType": "%s", "definition": {"description": "%s"}}]""";
        write("POST", "/drafts", "{\"name\": \"" + name + "\", " + edits.formatted(machineType, "first") + "}");
        write("PUT", "/drafts/{name}", "{" + edits.formatted(machineType, "second") + "}", name);
        write("POST", "/machine-types", "{\"name\": \"" + machineType + "-meanwhile\"}");
        write("POST", "/drafts/{name}/rebase", null, name);
        write("POST", "/drafts/{name}/publish", null, name);
        write("DELETE", "/drafts/{name}", null, name);
    }

    private void expectations(String machineType) {
        long id = write("POST", "/expectations", EXPECTATION.formatted(machineType, false))
                .json()
                .get("id")
                .asLong();
        write("PUT", "/expectations/{id}", EXPECTATION.formatted(machineType, true), id);
        write("DELETE", "/expectations/{id}", null, id);
    }

    private void accounts(String name) {
        write("POST", "/accounts", "{\"name\": \"" + name + "\", \"role\": \"viewer\"}");
        write("PUT", "/accounts/{name}", "{\"role\": \"editor\"}", name);
        String id = write("POST", "/accounts/{name}/tokens", "{}", name)
                .json()
                .get("id")
                .asString();
        write("DELETE", "/accounts/{name}/tokens/{id}", null, name, id);
        write("DELETE", "/accounts/{name}", null, name);
    }

    private void deletions(String machineType) {
        write("DELETE", "/machine-types/{name}", null, machineType);
    }
}
