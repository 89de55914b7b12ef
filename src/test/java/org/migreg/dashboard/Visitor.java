package org.migreg.dashboard;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.migreg.api.RunningService;

/** Somebody with a browser, and the service that they visit. Notes whatever the browser complains of. */
final class Visitor implements AutoCloseable {

    private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome");

    private final RunningService service;
    private final Playwright playwright;
    private final Browser browser;
    private final List<BrowserContext> contexts = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    /** How a page is looked at. */
    record Look(int width, int height, boolean dark, boolean scripts) {
        static final Look DESKTOP = new Look(1440, 900, false, true);
        static final Look PHONE = new Look(390, 844, false, true);
        static final Look WITHOUT_SCRIPTS = new Look(1440, 900, false, false);

        Look inTheDark() {
            return new Look(width, height, true, scripts);
        }
    }

    private Visitor(Path program, RunningService service) {
        // What a page comes to is asserted, not how soon: a busy machine takes longer than the usual 5 s.
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
        this.service = service;
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu")));
    }

    /** With a service of its own; skips the tests where this machine has no browser, unless they must run. */
    static Visitor of(Path dataDirectory) {
        return of(() -> new RunningService(dataDirectory));
    }

    /** The same with a service that is made so, if there is a browser. */
    static Visitor of(Supplier<RunningService> service) {
        Path program = Stream.of(System.getenv("PATH").split(":"))
                .flatMap(directory -> BROWSERS.stream().map(name -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        if (program == null) {
            if (System.getenv("MIGREG_BROWSER_REQUIRED") != null) {
                throw new AssertionError("there is no Chromium on the path, and these tests must run");
            }
            Assumptions.abort("no Chromium on the path: install Debian's chromium to run the tests of the pages");
        }
        return new Visitor(program, service.get());
    }

    RunningService service() {
        return service;
    }

    /** A new window, without anybody signed in. */
    Page look(Look look) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setBaseURL(service.address())
                .setViewportSize(look.width(), look.height())
                .setJavaScriptEnabled(look.scripts())
                .setColorScheme(look.dark() ? ColorScheme.DARK : ColorScheme.LIGHT)
                .setTimezoneId("Europe/Berlin")
                .setLocale("en-GB"));
        context.setDefaultTimeout(120_000);
        contexts.add(context);
        Page page = context.newPage();
        page.onConsoleMessage(message -> complaint(page, message));
        page.onPageError(error -> complaints.add(page.url() + ": " + error));
        return page;
    }

    Page look() {
        return look(Look.DESKTOP);
    }

    private void complaint(Page page, ConsoleMessage message) {
        complaints.add(page.url() + ": " + message.type() + ": " + message.text());
    }

    /** A new window with an editor signed in. */
    Page signedIn(String name) {
        return signedIn(name, Look.DESKTOP);
    }

    Page signedIn(String name, Look look) {
        Page page = look(look);
        page.navigate("/login");
        page.getByLabel("Your name").fill(name);
        page.getByLabel("Token").fill(service.token());
        page.getByRole(com.microsoft.playwright.options.AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in"))
                .click();
        page.waitForLoadState(LoadState.LOAD);
        return page;
    }

    /** Presses the tabulator until this has the focus, as people without a mouse do. */
    static void tabTo(Page page, Locator wanted) {
        for (int i = 0; i < 400; i++) {
            page.keyboard().press("Tab");
            if ((Boolean) wanted.evaluate("element => element === document.activeElement")) {
                return;
            }
        }
        throw new AssertionError("the tabulator does not lead to " + wanted);
    }

    /** What axe-core finds wrong with the page as it stands, a line each. */
    static List<String> barriers(Page page, String... exceptRules) {
        AxeBuilder axe = new AxeBuilder(page)
                .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"));
        if (exceptRules.length > 0) {
            axe.disableRules(List.of(exceptRules));
        }
        return axe.analyze().getViolations().stream().map(Visitor::barrier).toList();
    }

    private static String barrier(Rule rule) {
        return rule.getId() + ": " + rule.getHelp() + ": "
                + rule.getNodes().stream().limit(5).map(node -> node.getHtml()).collect(Collectors.joining(" | "));
    }

    /** What stands on the browser's console, and what scripts threw, since the last call. */
    List<String> complaints() {
        List<String> all = List.copyOf(complaints);
        complaints.clear();
        return all;
    }

    /** Whether the page is wider than the window, so that people must scroll it sideways. */
    static boolean scrollsSideways(Page page) {
        return (Boolean) page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth");
    }

    @Override
    public void close() {
        contexts.forEach(BrowserContext::close);
        browser.close();
        playwright.close();
        service.close();
    }
}
