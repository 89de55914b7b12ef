package org.migreg.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.migreg.api.RunningService;
import org.migreg.storage.Database;
import tools.jackson.databind.json.JsonMapper;

/** People and programs that a provider of identities knows, at two instances behind one address. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SingleSignOnIT {

    private IdentityProvider provider;
    private Visitor visitor;
    private RunningService other;
    private AlternatingProxy proxy;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        provider = new IdentityProvider();
        List<String> settings = new ArrayList<>(Database.postgres().settings().subList(1, 4));
        settings.addAll(List.of(
                "--migreg.seed=false",
                "--migreg.access.refresh-interval=300ms",
                "--migreg.access.roles-claim=realm_access.roles",
                "--migreg.access.roles.cloud-admins=admin",
                "--spring.security.oauth2.resourceserver.jwt.issuer-uri=" + provider.issuer(),
                "--spring.security.oauth2.client.registration.sso.provider=sso",
                "--spring.security.oauth2.client.registration.sso.client-name=our single sign-on",
                "--spring.security.oauth2.client.registration.sso.client-id=migreg",
                "--spring.security.oauth2.client.registration.sso.client-secret=of-migreg",
                "--spring.security.oauth2.client.registration.sso.authorization-grant-type=authorization_code",
                "--spring.security.oauth2.client.registration.sso.redirect-uri={baseUrl}/login/oauth2/code/{registrationId}",
                "--spring.security.oauth2.client.registration.sso.scope=openid,profile",
                "--spring.security.oauth2.client.provider.sso.issuer-uri=" + provider.issuer()));
        visitor = Visitor.of(() -> new RunningService(directory.resolve("a"), settings.toArray(String[]::new)));
        other = new RunningService(directory.resolve("b"), settings.toArray(String[]::new));
        proxy = new AlternatingProxy(List.of(visitor.service().address(), other.address()));
    }

    @AfterAll
    void stop() throws IOException {
        if (proxy != null) {
            proxy.close();
        }
        if (other != null) {
            other.close();
        }
        if (visitor != null) {
            visitor.close();
        }
        provider.close();
    }

    private Page signedIn(String name) {
        Page page = visitor.look();
        page.navigate(proxy.address() + "/login");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("our single sign-on"))
                .click();
        page.getByLabel("Username").fill(name);
        page.getByLabel("Password").fill("secret");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in"))
                .click();
        page.waitForURL(url -> url.startsWith(proxy.address()));
        return page;
    }

    @Test
    void somebodySignsInAndIsKnownAtBothInstances() {
        Page page = signedIn("ada");
        for (int i = 0; i < 6; i++) {
            page.navigate(proxy.address() + "/tables");
            assertThat(page.locator(".who")).containsText("ada");
        }
        assertThat(proxy.requestsOfEach()).allMatch(count -> count > 2);
        page.navigate(proxy.address() + "/accounts");
        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("made-by-ada");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Make it"))
                .click();
        assertThat(page.locator("h1")).hasText("Account made-by-ada");
        assertThat(page.locator("main")).containsText("made by ada");
        assertThat(visitor.complaints()).allMatch(complaint -> complaint.startsWith(provider.issuer()));
    }

    @Test
    void whatSomebodyMayDoIsWhatTheProviderSays() {
        Page page = signedIn("bob");
        page.navigate(proxy.address() + "/tables");
        assertThat(page.locator(".who")).containsText("bob");
        assertThat(page.navigate(proxy.address() + "/accounts").status()).isEqualTo(403);
        assertThat(visitor.complaints())
                .allMatch(complaint -> complaint.contains("403") || complaint.startsWith(provider.issuer()));
    }

    @Test
    void aProgramShowsTheProvidersToken() throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        String basic = Base64.getEncoder().encodeToString("program:of-program".getBytes(StandardCharsets.US_ASCII));
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(provider.issuer() + "/oauth2/token"))
                        .header("Authorization", "Basic " + basic)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        String token =
                JsonMapper.shared().readTree(answer.body()).get("access_token").asString();
        for (RunningService service : List.of(visitor.service(), other)) {
            var me = service.get("/api/v1/caller", "Authorization", "Bearer " + token);
            assertThat(me.status()).as(me.text()).isEqualTo(200);
            assertThat(me.json().get("name").asString()).isEqualTo("program");
            assertThat(me.json().get("roles").toString()).isEqualTo("[\"evaluator\"]");
            String forged = token.substring(0, token.length() - 4) + "AAAA";
            assertThat(service.get("/api/v1/caller", "Authorization", "Bearer " + forged)
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void aRevokedTokenEndsItsSessionsAtEveryInstance() {
        RunningService first = visitor.service();
        first.write("POST", "/api/v1/accounts", "{\"name\": \"leaves\", \"role\": \"editor\"}");
        var made = first.write("POST", "/api/v1/accounts/leaves/tokens", "{}").json();
        String token = made.get("token").asString();
        await().untilAsserted(() -> assertThat(other.get("/api/v1/caller", "Authorization", "Bearer " + token)
                        .status())
                .isEqualTo(200));
        Page page = visitor.look();
        page.navigate(proxy.address() + "/login");
        page.getByLabel("Token").fill(token);
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Sign in").setExact(true))
                .click();
        assertThat(page.locator(".who")).containsText("leaves");
        page.navigate(proxy.address() + "/tables");
        assertThat(page.locator(".who")).containsText("leaves");
        assertThat(first.write(
                                "DELETE",
                                "/api/v1/accounts/leaves/tokens/"
                                        + made.get("id").asString(),
                                null)
                        .status())
                .isEqualTo(204);
        await().untilAsserted(() -> assertThat(other.get("/api/v1/caller", "Authorization", "Bearer " + token)
                        .status())
                .isEqualTo(401));
        page.navigate(proxy.address() + "/tables");
        page.navigate(proxy.address() + "/tables");
        assertThat(page.locator(".who")).containsText("Sign in");
    }
}
