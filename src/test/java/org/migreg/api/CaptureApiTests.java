package org.migreg.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.migreg.api.RunningService.Answer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Captures as people have them: files of every format go in as they are, are compared, exported and diagnosed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CaptureApiTests {

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

    private static byte[] resource(String name) {
        try (InputStream packed = CaptureApiTests.class.getResourceAsStream(name);
                InputStream content = new GZIPInputStream(packed)) {
            return content.readAllBytes();
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    private Answer post(String path, byte[] content) {
        return service.send(service.request(path)
                .header("Authorization", "Bearer " + service.token())
                .header("Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofByteArray(content)));
    }

    @Test
    void everySampleStreamGoesInWithItsCountAndMachineType() throws IOException {
        JsonNode expected;
        try (InputStream counts = CaptureApiTests.class.getResourceAsStream("/streams/expected-counts.json")) {
            expected = JsonMapper.shared().readTree(counts);
        }
        assertThat(expected.size()).isGreaterThanOrEqualTo(6);
        for (Map.Entry<String, JsonNode> sample : expected.properties()) {
            JsonNode item = post(V1 + "/captures?dryRun=true", resource("/streams/" + sample.getKey() + ".gz"))
                    .json()
                    .get("items")
                    .get(0);
            assertThat(item.get("format").asString()).isEqualTo("qemu-migration-stream");
            assertThat(item.get("capture").get("registerCount").asInt())
                    .as(sample.getKey())
                    .isEqualTo(sample.getValue().asInt());
            String machineType = item.get("capture").get("machineType").asString();
            assertThat(sample.getKey()).contains("-" + machineType + "-");
            assertThat(item.get("capture").get("accelerator").asString())
                    .isEqualTo(sample.getKey().startsWith("kvm") ? "kvm" : "tcg");
        }
    }

    @Test
    void aPackedStreamAndOneAtAnOffsetGoInAsTheyAre() {
        byte[] stream = resource("/streams/tcg-qemu7.2-virt-7.2-cortex-a57.mig.gz");
        byte[] packed = packedResource("/streams/tcg-qemu7.2-virt-7.2-cortex-a57.mig.gz");
        byte[] atOffset = new byte[100_000 + stream.length];
        System.arraycopy(stream, 0, atOffset, 100_000, stream.length);
        for (byte[] file : List.of(packed, atOffset)) {
            JsonNode item =
                    post(V1 + "/captures?dryRun=true", file).json().get("items").get(0);
            assertThat(item.get("format").asString()).isEqualTo("qemu-migration-stream");
            assertThat(item.get("capture").get("registerCount").asInt()).isEqualTo(258);
        }
        Answer cut = post(V1 + "/captures?dryRun=true", Arrays.copyOf(packed, packed.length / 2));
        assertThat(cut.problem()).isEqualTo("unreadable-capture");
        assertThat(cut.json().get("detail").asString()).startsWith("read as gzip: the file cannot be unpacked");
        Answer lzop = post(V1 + "/captures?dryRun=true", HexFormat.of().parseHex("894c5a4f000d0a1a0a1030"));
        assertThat(lzop.json().get("detail").asString()).contains("lzop, which is not supported");
        assertThat(post(V1 + "/captures?dryRun=true", new byte[200_000]).problem())
                .isEqualTo("unreadable-capture");
    }

    private static byte[] packedResource(String name) {
        try (InputStream content = CaptureApiTests.class.getResourceAsStream(name)) {
            return content.readAllBytes();
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    @Test
    void severalFilesGoInWithOneRequest() throws IOException {
        String boundary = "migreg-boundary";
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (String file : List.of(
                "kvm-linux6.12.107-qemu10.0.13-virt-10.0-neoverse-v1.mig", "tcg-qemu7.2-virt-7.2-cortex-a57.mig")) {
            body.write(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + file
                            + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            body.write(resource("/streams/" + file + ".gz"));
            body.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        body.write(("--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        Answer answer = service.send(service.request(V1 + "/captures?dryRun=true")
                .header("Authorization", "Bearer " + service.token())
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().get("items").size()).isEqualTo(2);
        assertThat(answer.json().get("items").get(1).get("file").asString()).startsWith("tcg-");
    }

    @Test
    void aLibvirtSaveImageAndTheAnalysisScriptsJsonGoInAsTheyAre() {
        JsonNode image = post(V1 + "/captures?dryRun=true", resource("/libvirt/gzip.save.gz"))
                .json()
                .get("items")
                .get(0);
        assertThat(image.get("format").asString()).isEqualTo("libvirt-save-image");
        JsonNode analysis = post(
                        V1 + "/captures?dryRun=true",
                        resource("/analyze-migration/tcg-qemu10.0.13-virt-10.0-cortex-a57.json.gz"))
                .json()
                .get("items")
                .get(0);
        assertThat(analysis.get("format").asString()).isEqualTo("qemu-analyze-migration");
        assertThat(analysis.get("capture").get("registerCount").asInt()).isEqualTo(275);
        Answer lzop = post(V1 + "/captures?dryRun=true", resource("/libvirt/lzop.save.gz"));
        assertThat(lzop.problem()).isEqualTo("unreadable-capture");
        assertThat(lzop.json().get("detail").asString()).contains("lzop");
    }

    private String capture(String kernel) {
        return service.get(V1 + "/captures?cpuModel=neoverse-v1&vcpuFeatureSet=qemu-host&kernel="
                        + URLEncoder.encode(kernel, StandardCharsets.UTF_8))
                .json()
                .get("items")
                .get(0)
                .get("id")
                .asString();
    }

    @Test
    void aDiffNamesWhatDiffersAndTheKnownEvents() {
        JsonNode diff = service.get(
                        V1 + "/captures/" + capture("6.12.107+deb13-arm64") + "/diff/" + capture("6.18.15+deb13-arm64"))
                .json();
        assertThat(diff.get("onlyInA").size()).isEqualTo(3);
        assertThat(diff.get("onlyInA").get(0).get("register").get("name").asString())
                .isEqualTo("TCR2_EL1");
        assertThat(diff.get("onlyInA")
                        .get(0)
                        .get("knownEvents")
                        .get(0)
                        .get("machineType")
                        .asString())
                .isEqualTo("virt-11.1");
        assertThat(diff.get("onlyInB").size()).isEqualTo(1);
        assertThat(diff.get("differingValues").toString()).contains("KVM_REG_ARM_PSCI_VERSION");
    }

    @Test
    void aDiffExplainsWhatKernelsDidAlsoWhereNoEntryAnswersIt() {
        JsonNode diff = service.get(
                        V1 + "/captures/" + capture("6.1.0-50-arm64") + "/diff/" + capture("6.12.107+deb13-arm64"))
                .json();
        Map<String, String> events = new LinkedHashMap<>();
        for (JsonNode difference : diff.get("onlyInB")) {
            JsonNode register = difference.get("register");
            events.put(register.get("name").asString(), register.get("events").toString());
        }
        assertThat(events.get("CNTPCT_EL0")).contains("The physical timer: Linux 6.1 does not list it");
        assertThat(events.get("CCSIDR_5")).contains("later kernels list all 14");
        assertThat(events.get("TCR2_EL1")).contains("Linux 6.7 to 6.12 list it for every guest");
    }

    @Test
    void anExportGoesInAgainAsTheSameCapture() {
        String id = capture("6.12.107+deb13-arm64");
        String json = service.get(V1 + "/captures/" + id + "/export").text();
        Answer again = service.write("POST", V1 + "/captures", json);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().get("id").asString()).isEqualTo(id);
        String text =
                service.get(V1 + "/captures/" + id + "/export?format=text").text();
        assertThat(text.lines().filter(line -> line.startsWith("0x")).count()).isEqualTo(269);
        assertThat(service.get(V1 + "/captures/" + id + "/export?format=x-mig")
                        .text()
                        .split(","))
                .hasSize(269);
        assertThat(service.get(V1 + "/captures/" + id + "/export?format=xml").problem())
                .isEqualTo("invalid-field");
    }

    @Test
    void aSavedGuestIsHeldAgainstTheHostsItMightBeRestoredOn() {
        byte[] image = resource("/streams/kvm-linux6.12.107-qemu10.0.13-virt-10.0-neoverse-v1.mig.gz");
        Answer answer = service.send(service.request(
                        V1
                                + "/saved-guests/evaluations?cpuModel=neoverse-v1&kernel=6.18.15%2Bdeb13-arm64&kernel=6.1.0-50-arm64")
                .header("Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofByteArray(image)));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        JsonNode guest = answer.json().get(0);
        assertThat(guest.get("machineType").asString()).isEqualTo("virt-10.0");
        assertThat(guest.get("mayBeRestoredEverywhere").asBoolean()).isFalse();
        assertThat(guest.get("evaluations").get(0).get("mayMigrate").asBoolean())
                .isTrue();
        assertThat(guest.get("evaluations").get(1).get("verdict").asString()).isEqualTo("INCOMPATIBLE");
    }

    @Test
    void aSavedGuestIsHeldAgainstHostsWithItsOwnProcessor() {
        byte[] image = resource("/streams/kvm-linux6.12.107-qemu10.0.13-virt-10.0-neoverse-v1.mig.gz");
        JsonNode evaluation = post(V1 + "/saved-guests/evaluations?kernel=6.18.15%2Bdeb13-arm64", image)
                .json()
                .get(0)
                .get("evaluations")
                .get(0);
        assertThat(evaluation.get("destination").get("cpuModel").asString()).isEqualTo("neoverse-v1");
        assertThat(evaluation.get("mayMigrate").asBoolean()).isTrue();
    }

    @Test
    void aPastedLogIsDiagnosedWithAnEntryReadyToPost() {
        JsonNode diagnosis = service.ask(V1 + "/diagnoses", """
                        {"machineType": "virt-11.1", "destinationKernel": "6.16.12+deb13-arm64", "log":
                         "2026-11-01T10:00:00Z qemu-system-aarch64: handle_cpreg_only_in_incoming_stream: system register op0:3 op1:0 crn:9 crm:14 op2:6 in the incoming stream but unknown on the destination: fail migration"}""").json();
        assertThat(diagnosis.get("loadBehaviours").toString()).contains("TOLERANCES");
        assertThat(diagnosis.get("registers").get(0).get("register").get("name").asString())
                .isEqualTo("PMMIR_EL1");
        JsonNode cure = diagnosis.get("cures").get(0);
        assertThat(cure.get("alternative").asBoolean()).isFalse();
        assertThat(diagnosis.get("cures").get(1).get("alternative").asBoolean()).isTrue();
        Answer posted = service.write(
                "POST",
                V1 + "/machine-types/virt-11.1/entries",
                cure.get("entry").toString());
        assertThat(posted.status()).as(posted.text()).isEqualTo(201);
        JsonNode length = service.ask(
                        V1 + "/diagnoses", "{\"log\": \"Invalid value 275 expecting positive value <= 274\"}")
                .json();
        assertThat(length.get("registers").isEmpty()).isTrue();
        assertThat(length.get("lengthExplanations").isEmpty()).isFalse();
        assertThat(service.ask(V1 + "/diagnoses", "{}").json().get("field").asString())
                .isEqualTo("log");
    }

    @Test
    void aLogIsDiagnosedAsATextByItself() {
        Answer text = sendText(V1 + "/diagnoses?machineType=virt-11.1&destinationKernel=6.1.0-50-arm64");
        assertThat(text.json().get("registers").get(0).get("role").asString()).isEqualTo("FATAL");
        assertThat(sendText(V1 + "/diagnoses?machineType=virt-0.1").problem()).isEqualTo("unresolved-reference");
        for (String form : List.of(LOG, "### 100% of it\nfailed <= 1")) {
            Answer refused = service.send(service.request(V1 + "/diagnoses")
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(form)));
            assertThat(refused.problem()).isEqualTo("unsupported-media-type");
            assertThat(refused.json().get("detail").asString()).contains("text/plain");
            assertThat(service.send(service.request(V1 + "/evaluations")
                                    .header("Content-Type", "application/x-www-form-urlencoded")
                                    .POST(HttpRequest.BodyPublishers.ofString(form)))
                            .problem())
                    .isIn("unsupported-media-type", "malformed-request");
        }
        assertThat(service.ask(V1 + "/diagnoses", "{\"log\": \" \"}").problem()).isEqualTo("invalid-field");
    }

    private Answer sendText(String path) {
        return service.send(service.request(path)
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString(LOG)));
    }

    private Answer postFiles(String path, Map<String, byte[]> files) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        files.forEach((name, content) -> {
            body.writeBytes(("--boundary\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                            + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            body.writeBytes(content);
            body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        });
        body.writeBytes("--boundary--\r\n".getBytes(StandardCharsets.UTF_8));
        return service.send(service.request(path)
                .header("Authorization", "Bearer " + service.token())
                .header("Content-Type", "multipart/form-data; boundary=boundary")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())));
    }

    /** One file each, under these names of parts. */
    private Answer postParts(String path, String... nameAndFile) {
        StringBuilder body = new StringBuilder();
        for (String part : nameAndFile) {
            body.append("--boundary\r\nContent-Disposition: form-data; ")
                    .append(part)
                    .append("\r\n\r\n0x603000000013c103\r\n");
        }
        return service.send(service.request(path)
                .header("Authorization", "Bearer " + service.token())
                .header("Content-Type", "multipart/form-data; boundary=boundary")
                .POST(HttpRequest.BodyPublishers.ofString(body + "--boundary--\r\n")));
    }

    @Test
    void aFileUnderAnotherNameOfItsPartIsRefusedAndNotPassedOver() {
        String file = "name=\"file\"; filename=\"a\"";
        for (String path : List.of("/captures?dryRun=true", "/saved-guests/evaluations?kernel=6.1.1")) {
            Answer refused = postParts(V1 + path, file, "name=\"files\"; filename=\"b\"");
            assertThat(refused.problem()).as(refused.text()).isEqualTo("invalid-field");
            assertThat(refused.json().get("field").asString()).isEqualTo("files");
            assertThat(refused.json().get("detail").asString()).contains("'file' was likely meant");
        }
        Answer field = postParts(V1 + "/captures?dryRun=true", file, "name=\"kernal\"");
        assertThat(field.json().get("field").asString()).isEqualTo("kernal");
        assertThat(field.json().get("detail").asString()).contains("'kernel' was likely meant");
        assertThat(postParts(V1 + "/captures?dryRun=true", file).status()).isEqualTo(200);
    }

    private String captureOf(String kernel) {
        return service.get(V1 + "/captures?cpuModel=neoverse-v1&vcpuFeatureSet=qemu-host&kernel="
                        + URLEncoder.encode(kernel, StandardCharsets.UTF_8))
                .json()
                .get("items")
                .get(0)
                .get("id")
                .asString();
    }

    @Test
    void manySavedGuestsAreHeldAgainstKernelsCapturesAndHostsInOneCall() {
        String older = captureOf("6.1.0-50-arm64");
        String newer = captureOf("6.18.15+deb13-arm64");
        service.write("PUT", V1 + "/hosts/restore-here", "{\"capture\": \"" + newer + "\"}");
        Map<String, byte[]> images = new LinkedHashMap<>();
        images.put("guest.mig", resource("/streams/kvm-linux6.12.107-qemu10.0.13-virt-10.0-neoverse-v1.mig.gz"));
        images.put(
                "guest.json",
                resource("/analyze-migration/kvm-linux6.12.107-qemu10.0.13-virt-10.0-neoverse-v1.json.gz"));
        images.put("newest.mig", resource("/streams/kvm-linux6.18.15-qemu11.1.3-virt-11.1-neoverse-v1.mig.gz"));

        Answer answer = postFiles(
                V1 + "/saved-guests/evaluations?machineType=virt-10.0&cpuModel=neoverse-v1&kernel=6.18.15%2Bdeb13-arm64"
                        + "&capture=" + older + "&host=Restore-Here",
                images);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json())
                .extracting(guest -> guest.get("file").asString() + " "
                        + guest.get("machineType").asString() + " "
                        + guest.get("evaluations").size())
                .containsExactly("guest.mig virt-10.0 3", "guest.json virt-10.0 3", "newest.mig virt-11.1 3");
        JsonNode evaluations = answer.json().get(0).get("evaluations");
        assertThat(evaluations)
                .extracting(
                        evaluation -> evaluation.get("destination").get("host").isNull()
                                ? "-"
                                : evaluation.get("destination").get("host").asString())
                .containsExactly("-", "-", "restore-here");
        assertThat(evaluations)
                .extracting(evaluation ->
                        evaluation.get("destination").get("capture").asString())
                .containsExactly(newer, older, newer);
        assertThat(evaluations)
                .extracting(evaluation -> evaluation.get("mayMigrate").asBoolean())
                .containsExactly(true, false, false);
        assertThat(evaluations.get(2).get("findings").toString()).contains("QEMU_UNKNOWN");
        assertThat(evaluations.get(2).get("basis").asString()).isEqualTo("LISTS_AND_VALUES");
    }

    @Test
    void aSavedGuestIsNotHeldAgainstAHostThatNobodyKnows() {
        byte[] image = resource("/streams/kvm-linux6.12.107-qemu10.0.13-virt-10.0-neoverse-v1.mig.gz");

        Answer unknown = post(V1 + "/saved-guests/evaluations?host=nowhere", image);

        assertThat(unknown.problem()).isEqualTo("unresolved-reference");
        assertThat(unknown.json().get("field").asString()).isEqualTo("host");
        assertThat(unknown.json().get("detail").asString()).contains("/api/v1/hosts/nowhere");
        assertThat(post(V1 + "/saved-guests/evaluations?host=not%20one", image).problem())
                .isEqualTo("invalid-field");
        assertThat(post(V1 + "/saved-guests/evaluations", image)
                        .json()
                        .get("detail")
                        .asString())
                .contains("'host'");
    }

    @Test
    void theFileThatCannotBeReadIsNamedAmongMany() {
        Map<String, byte[]> images = new LinkedHashMap<>();
        images.put("good.save", resource("/libvirt/gzip.save.gz"));
        images.put("bad.save", resource("/libvirt/lzop.save.gz"));

        for (String path :
                List.of("/saved-guests/evaluations?kernel=6.12.107%2Bdeb13-arm64", "/captures?dryRun=true")) {
            Answer refused = postFiles(V1 + path, images);
            assertThat(refused.problem()).isEqualTo("unreadable-capture");
            assertThat(refused.json().get("rejectedValue").asString()).isEqualTo("bad.save");
            assertThat(refused.json().get("detail").asString()).startsWith("bad.save, read as libvirt-save-image");
        }
    }

    @Test
    void whatListsNoHostsRegistersIsRefusedByItsName() {
        Answer template = post(
                V1 + "/captures?dryRun=true",
                "{\"kvm_capabilities\": [\"170\"], \"vcpu_features\": [{\"index\": 0, \"bitmap\": \"0b111xxxx\"}]}"
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(template.problem()).isEqualTo("unreadable-capture");
        assertThat(template.json().get("detail").asString())
                .startsWith("read as firecracker-template")
                .contains("modifies no register");
        Answer log = post(V1 + "/saved-guests/evaluations?kernel=6.1.0-50-arm64", LOG.getBytes(StandardCharsets.UTF_8));
        assertThat(log.problem()).isEqualTo("unreadable-capture");
        assertThat(log.json().get("detail").asString())
                .startsWith("read as qemu-log")
                .contains("/api/v1/diagnoses");
    }

    private static final String LOG =
            "qemu-kvm: handle_cpreg_only_in_incoming_stream: system register op0:3 op1:0 crn:9 crm:14 op2:6 in the incoming"
                    + " stream but unknown on the destination: fail migration\n";

    @Test
    void aLogAmongTheFilesIsDiagnosedAndNothingOfItIsStored() {
        int known = service.get(V1 + "/captures?limit=1").json().get("total").asInt();

        Answer alone = post(V1 + "/captures?kernel=6.1.0-50-arm64", LOG.getBytes(StandardCharsets.UTF_8));

        assertThat(alone.status()).as(alone.text()).isEqualTo(200);
        assertThat(alone.json().get("items").isEmpty()).isTrue();
        JsonNode log = alone.json().get("logs").get(0);
        assertThat(log.get("format").asString()).isEqualTo("qemu-log");
        assertThat(log.get("registerCount").asInt()).isEqualTo(1);
        assertThat(log.get("diagnosis")
                        .get("registers")
                        .get(0)
                        .get("register")
                        .get("name")
                        .asString())
                .isEqualTo("PMMIR_EL1");
        assertThat(service.get(V1 + "/captures?limit=1").json().get("total").asInt())
                .isEqualTo(known);

        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("qemu.log", LOG.getBytes(StandardCharsets.UTF_8));
        files.put("list.txt", "0x603000000013c103\n".getBytes(StandardCharsets.UTF_8));
        JsonNode both = postFiles(V1 + "/captures?dryRun=true", files).json();
        assertThat(both.get("items").get(0).get("file").asString()).isEqualTo("list.txt");
        assertThat(both.get("logs").get(0).get("file").asString()).isEqualTo("qemu.log");
    }

    @Test
    void theSameNewCaptureTwiceInOneRequestIsOneThatWasNotKnown() {
        byte[] list = "0x603000000013c103 = 0x7\n".getBytes(StandardCharsets.UTF_8);
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("one.txt", list);
        files.put("other.txt", list);
        String path = V1 + "/captures?kernel=6.99.1";

        JsonNode wouldBe = postFiles(path + "&dryRun=true", files).json();
        Answer stored = postFiles(path, files);
        Answer again = postFiles(path, files);

        assertThat(wouldBe.get("items"))
                .extracting(item -> item.get("created").asBoolean())
                .containsExactly(true, false);
        assertThat(stored.status()).as(stored.text()).isEqualTo(201);
        assertThat(stored.json().get("created").asInt()).isEqualTo(1);
        assertThat(stored.json().get("items"))
                .extracting(item -> item.get("created").asBoolean())
                .containsExactly(true, false);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().get("created").asInt()).isZero();
    }

    @Test
    void whatTheRequestSaysOfACaptureIsJudgedByItsParameter() {
        byte[] list = "0x603000000013c103".getBytes(StandardCharsets.UTF_8);
        Map<String, String> wrong = Map.of(
                "kernel", "six", "hardwareNv", "16", "machineType", "%2F", "cpuModel", "a%20b", "dryrun", "true");
        wrong.forEach((parameter, value) -> {
            Answer refused = post(V1 + "/captures?dryRun=true&" + parameter + "=" + value, list);
            assertThat(refused.problem()).as(parameter).isEqualTo("invalid-field");
            assertThat(refused.json().get("field").asString()).isEqualTo(parameter);
        });
        JsonNode item = post(
                        V1 + "/captures?dryRun=true&machineType=virt-9.0",
                        resource("/streams/kvm-linux6.12.107-qemu10.0.13-virt-10.0-neoverse-v1.mig.gz"))
                .json()
                .get("items")
                .get(0);
        assertThat(item.get("capture").get("machineType").asString()).isEqualTo("virt-10.0");
        assertThat(item.get("remarks").get(0).asString())
                .isEqualTo("The file says machine type virt-10.0, so what the request says, virt-9.0, was not taken.");
        assertThat(item.get("capture").get("addedAt").isNull()).isTrue();
    }

    @Test
    void textGoesInAsWindowsWritesItAndWithBracesAroundIt() {
        String list = "0x603000000013c103 = 0x0\r\n0x603000000013c512 = 0x1\r\n";
        byte[] marked = ("\ufeff" + list).getBytes(StandardCharsets.UTF_8);
        byte[] wide = ("\ufeff" + list).getBytes(StandardCharsets.UTF_16LE);
        byte[] array = "{ 0x603000000013c103, 0x0 },\n{ 0x603000000013c512, 0x1 },\n".getBytes(StandardCharsets.UTF_8);
        byte[] stamped = "[    0.12] reg 0x603000000013c103 = 0x0\n[    0.13] reg 0x603000000013c512 = 0x1\n"
                .getBytes(StandardCharsets.UTF_8);
        for (byte[] text : List.of(marked, wide, array, stamped)) {
            JsonNode item =
                    post(V1 + "/captures?dryRun=true", text).json().get("items").get(0);
            assertThat(item.get("format").asString()).isEqualTo("plain-text");
            assertThat(item.get("capture").get("valueCount").asInt()).isEqualTo(2);
        }
        byte[] json = "\ufeff{\"cpuModel\": \"neoverse-v1\", \"registers\": [\"0x603000000013c103\"]}"
                .getBytes(StandardCharsets.UTF_8);
        JsonNode item =
                post(V1 + "/captures?dryRun=true", json).json().get("items").get(0);
        assertThat(item.get("format").asString()).isEqualTo("migreg-json");
    }

    @Test
    void capturesAreFoundByFeatureAndByAKernelThatIsOne() {
        assertThat(service.get(V1 + "/captures?feature=pmu").json().get("total").asInt())
                .isPositive()
                .isEqualTo(service.get(V1 + "/captures?feature=pmu-v3")
                        .json()
                        .get("total")
                        .asInt());
        assertThat(service.get("/captures?feature=PMU&cpuModel=").text())
                .contains(">" + service.get(V1 + "/captures?feature=pmu").json().get("total") + " of ");
        Answer unescaped = service.get(V1 + "/captures?kernel=6.12.107+deb13-arm64");
        assertThat(unescaped.problem()).isEqualTo("invalid-field");
        assertThat(unescaped.json().get("detail").asString()).contains("%2B");
        assertThat(service.get(V1 + "/captures//export").problem()).isEqualTo("malformed-request");
    }
}
