package org.migreg.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.migreg.api.RunningService.Answer;

/** Logs that were not understood, over HTTP: kept on consent, masked, and shown to administrators only. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SampleApiTests {

    private static final String SAMPLES = "/api/v1/unread-samples";

    private RunningService service;

    @BeforeAll
    void start(@TempDir Path directory) {
        service = new RunningService(directory, "--migreg.seed=false");
    }

    @AfterAll
    void stop() {
        service.close();
    }

    private Answer admin(String method, String path) {
        return service.send(service.request(path)
                .header("Authorization", "Bearer " + service.token())
                .method(method, HttpRequest.BodyPublishers.noBody()));
    }

    private Answer keep(String body) {
        return service.write("POST", SAMPLES, body);
    }

    @Test
    void aLogIsKeptOnConsentAloneAndMaskedUnlessOneSaysOtherwise() {
        String log = "\"log\": \"hostname: kvm07.corp\\nqemu-kvm: something new on kvm07\"";
        for (String consent : new String[] {"", ", \"consent\": null", ", \"consent\": false"}) {
            assertThat(keep("{" + log + consent + "}").problem()).as(consent).isEqualTo("invalid-field");
        }
        Answer kept = keep("{" + log + ", \"consent\": true, \"note\": \"seen on kvm07\"}");
        assertThat(kept.status()).as(kept.text()).isEqualTo(201);
        assertThat(kept.json().get("log").asString()).isEqualTo("hostname: HOST-1\nqemu-kvm: something new on HOST-1");
        assertThat(kept.json().get("masked").asBoolean()).isTrue();
        assertThat(kept.json().get("note").asString()).isEqualTo("seen on HOST-1");
        Answer plain = keep("{" + log + ", \"consent\": true, \"mask\": false}");
        assertThat(plain.json().get("log").asString()).contains("on kvm07");
        assertThat(keep("{\"log\": \" \", \"consent\": true}").problem()).isEqualTo("invalid-field");
        assertThat(keep("{\"log\": \"" + "x".repeat(65_537) + "\", \"consent\": true}")
                        .problem())
                .isEqualTo("invalid-field");
    }

    @Test
    void onlyAdministratorsReadAndDeleteThem() {
        Answer kept = keep("{\"log\": \"for administrators\", \"consent\": true}");
        String address = kept.header("Location");
        for (String path : new String[] {SAMPLES, address, "/api/v1/unread-samples/"}) {
            assertThat(service.get(path).status()).as(path).isEqualTo(401);
        }
        assertThat(service.get("/samples", "Accept", "text/html").text()).doesNotContain("for administrators");
        assertThat(admin("GET", SAMPLES).text()).contains("\"log\":null").doesNotContain("for administrators");
        assertThat(admin("GET", address).json().get("log").asString()).isEqualTo("for administrators");
        assertThat(admin("DELETE", address).status()).isEqualTo(204);
        assertThat(admin("GET", address).problem()).isEqualTo("unknown-sample");
        assertThat(admin("DELETE", address).problem()).isEqualTo("unknown-sample");
    }
}
