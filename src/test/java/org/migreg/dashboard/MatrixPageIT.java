package org.migreg.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ForcedColors;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The matrix and its cells, as people use them. */
class MatrixPageIT {

    @TempDir
    static Path dataDirectory;

    static Visitor visitor;

    @BeforeAll
    static void start() {
        visitor = Visitor.of(dataDirectory);
    }

    @AfterAll
    static void stop() {
        if (visitor != null) {
            visitor.close();
        }
    }

    @AfterEach
    void nothingStandsOnTheConsole() {
        assertEquals(List.of(), visitor.complaints());
    }

    private static Locator cell(Page page, String from, String to) {
        return page.locator("table.matrix a[aria-label^='" + from + " to " + to + ":']");
    }

    @Test
    void choosingAnotherQemuChangesTheVerdictsAndTheAddress() {
        Page page = visitor.look();
        page.navigate("/matrix?machineType=virt-10.1");
        assertThat(cell(page, "6.16.12+deb13-arm64", "6.16.12+deb13-arm64")).hasText("✓");

        page.getByLabel("QEMU of the destinations").selectOption("ALL_MISMATCHES");

        assertThat(cell(page, "6.16.12+deb13-arm64", "6.16.12+deb13-arm64")).hasText("!");
        assertThat(page).hasURL(Pattern.compile("loadBehaviour=ALL_MISMATCHES"));

        Page other = visitor.look();
        other.navigate(page.url());
        assertThat(cell(other, "6.16.12+deb13-arm64", "6.16.12+deb13-arm64")).hasText("!");
        assertThat(other.getByLabel("QEMU of the destinations")).hasValue("ALL_MISMATCHES");
    }

    @Test
    void filterShowsTheKernelsOfTheseWordsAlone() {
        Page page = visitor.look();
        page.navigate("/matrix?machineType=virt-10.1");

        page.getByLabel("Only kernels").fill("6.12 deb14");

        assertThat(page.locator("table.matrix tbody tr")).hasCount(3);
        assertThat(page.getByRole(AriaRole.ROWHEADER).last()).hasText("7.2.13+deb14-arm64");
    }

    @Test
    void anotherCpuModelHasItsOwnVcpuFeatures() {
        Page page = visitor.look();
        page.navigate("/matrix?machineType=virt-10.1&cpuModel=max&vcpuFeatureSet=qemu-host%2Bel2");
        assertThat(page.locator("#matrix-title")).hasText("virt-10.1 on max, qemu-host+el2");

        page.getByLabel("CPU model").selectOption("neoverse-n1");

        assertThat(page.locator("#matrix-title")).hasText("virt-10.1 on neoverse-n1, qemu-host");
        assertThat(page.getByText("No kernel is captured on such hosts with qemu-host+el2"))
                .isVisible();
        assertThat(page.getByLabel("vCPU features")).hasValue("qemu-host");
        assertThat(page.getByLabel("vCPU features").locator("option[value='qemu-host+el2']"))
                .hasCount(0);
    }

    @Test
    void choiceThatCannotBeShownSaysWhyAndTheNextOneWorks() {
        Page page = visitor.look();
        page.navigate("/matrix?machineType=virt-10.1");

        page.getByLabel("Tables of revision").fill("999");
        page.getByLabel("Tables of revision").blur();
        assertThat(page.locator("#matrix").getByRole(AriaRole.ALERT)).containsText("999");
        // The browser itself notes each answer that is no success.
        assertEquals(1, visitor.complaints().size());

        page.getByLabel("Tables of revision").fill("1");
        page.getByLabel("Tables of revision").blur();
        assertThat(page.locator("table.matrix caption")).containsText("tables of revision 1");
    }

    @Test
    void filterThatTakesNothingSaysSo() {
        Page page = visitor.look();
        page.navigate("/matrix?kernels=none-such");

        assertThat(page.getByText("No kernel has a release with one of these words."))
                .isVisible();
    }

    @Test
    void cellThatFailsThoughTheWayBackWorksSaysSo() {
        Page page = visitor.look();
        page.navigate("/matrix?machineType=virt-10.1");

        assertThat(cell(page, "6.16.12+deb13-arm64", "6.12.107+deb13-arm64"))
                .hasAttribute("aria-label", Pattern.compile("fails; the way back works$"));
    }

    @Test
    void cellOpensWithTheDecidingRegistersTheMessageAndTheCure() {
        Page page = visitor.look();
        page.navigate("/matrix?machineType=virt-10.1");

        cell(page, "6.16.12+deb13-arm64", "6.12.107+deb13-arm64").click();

        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasText("6.16.12+deb13-arm64 to 6.12.107+deb13-arm64");
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("What decides")))
                .isVisible();
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("What QEMU prints")))
                .isVisible();
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("What would cure it")))
                .isVisible();
    }

    @Test
    void fieldsOfARefusedValueStandSideBySide() {
        Page page = visitor.look();
        page.navigate("/matrix?machineType=virt-10.1&cpuModel=neoverse-v1");

        cell(page, "6.18.15+deb13-arm64", "6.12.107+deb13-arm64").click();
        Locator register = page.locator("section[aria-labelledby=decides] tr")
                .filter(new Locator.FilterOptions().setHasText("ID_AA64MMFR2_EL1"))
                .first();
        register.locator("summary").click();

        Locator nv = register.locator("details.fields tr").filter(new Locator.FilterOptions().setHasText("NV"));
        assertThat(nv.first()).hasText(Pattern.compile("NV\\s+≠.*\\[27:24]\\s*0x0\\s*0x2", Pattern.DOTALL));
    }

    @Test
    void wholeCureGoesIntoADraftWithOneClick() {
        Page page = visitor.look();
        page.navigate("/matrix?machineType=virt-10.1&cpuModel=neoverse-v1");
        cell(page, "6.16.12+deb13-arm64", "6.1.0-50-arm64").click();
        page.getByText("Sign in to put it into a draft").click();
        page.getByLabel("Your name").fill("Ada");
        page.getByLabel("Token").fill(visitor.service().token());
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in"))
                .click();
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasText("6.16.12+deb13-arm64 to 6.1.0-50-arm64");
        assertThat(page.locator("#cpu-option")).hasText("-cpu host,kvm-psci-version=1.1");

        page.getByText(Pattern.compile("^Put all")).click();

        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasText("Draft virt-10.1-6.16.12-deb13-arm64-to-6.1.0-50-arm64");
        assertThat(page.locator("section[aria-labelledby=edits]")).containsText("CNTP_CTL_EL0");
        assertThat(page.getByText("kvm-psci-version=1.1").first()).isVisible();
    }

    @Test
    void frameOfAOneWayMoveIsSeenInForcedColours() {
        Page page = visitor.look();
        page.emulateMedia(new Page.EmulateMediaOptions().setForcedColors(ForcedColors.ACTIVE));
        page.navigate("/matrix?machineType=virt-10.1");

        assertThat(page.locator("table.matrix td.b").first()).hasCSS("outline-style", "solid");
        assertThat(page.locator("table.matrix td:not(.b)").first()).hasCSS("outline-style", "none");
    }

    @Test
    void keyboardAloneReachesACellAndOpensIt() {
        Page page = visitor.look();
        page.navigate("/matrix?machineType=virt-10.1");
        Visitor.tabTo(page, page.locator(".scroller"));

        page.keyboard().press("Enter");
        page.keyboard().press("ArrowRight");
        page.keyboard().press("Escape");
        assertThat(page.locator(".scroller")).isFocused();
        page.keyboard().press("Enter");
        page.keyboard().press("ArrowRight");
        page.keyboard().press("ArrowDown");
        page.keyboard().press("Enter");

        assertThat(page).hasURL(Pattern.compile("/matrix/cell"));
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasText("6.12.43+deb12-arm64 to 6.12.43+deb12-arm64");
    }

    @Test
    void worksWithoutScripts() {
        Page page = visitor.look(Visitor.Look.WITHOUT_SCRIPTS);
        page.navigate("/matrix?machineType=virt-10.1");
        page.getByLabel("Machine type").selectOption("virt-11.1");

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show"))
                .click();

        assertThat(page).hasURL(Pattern.compile("machineType=virt-11.1"));
        cell(page, "6.1.0-50-arm64", "6.12.43+deb12-arm64").click();
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasText("6.1.0-50-arm64 to 6.12.43+deb12-arm64");
    }

    @ParameterizedTest
    @CsvSource({
        "1440, false, /matrix?machineType=virt-10.1",
        "1440, true, /matrix?machineType=virt-10.1",
        "390, false, /matrix?machineType=virt-10.1",
        "390, true, /matrix?machineType=virt-10.1&loadBehaviour=ALL_MISMATCHES",
        "1440, false, /login",
        "390, true, /login",
        "1440, false, /changes?machineType=virt-10.1&before=1&after=2",
        "390, true, /changes?machineType=virt-10.1&before=1&after=2",
        "1440, true, CELL",
        "390, false, CELL",
        "1440, false, ROW",
        "390, true, ROW",
        "390, false, /nothing-here",
    })
    void nobodyIsShutOutAndNothingScrollsSideways(int width, boolean dark, String address) {
        Page page = visitor.look(new Visitor.Look(width, 900, dark, true));
        switch (address) {
            case "CELL" -> {
                page.navigate("/matrix?machineType=virt-10.1");
                page.navigate(
                        cell(page, "6.16.12+deb13-arm64", "6.1.0-50-arm64").getAttribute("href"));
                page.locator("details").all().forEach(closed -> closed.evaluate("details => { details.open = true; }"));
            }
            case "ROW" -> {
                page.navigate("/matrix?machineType=virt-10.1");
                page.navigate(page.locator("table.matrix tbody th a").first().getAttribute("href"));
            }
            default -> page.navigate(address);
        }
        if (address.equals("/nothing-here")) {
            assertEquals(1, visitor.complaints().size());
        }

        // On a phone the first column covers part of the cells beside it; the page of a row has the same links.
        assertEquals(List.of(), width < 600 ? Visitor.barriers(page, "target-size") : Visitor.barriers(page));
        assertFalse(Visitor.scrollsSideways(page), address + " scrolls sideways");
    }

    @ParameterizedTest
    @CsvSource({"/matrix.csv, text/csv", "/matrix.svg, image/svg+xml", "/matrix.png, image/png"})
    void matrixCanBeTakenAlong(String path, String mediaType) {
        var answer = visitor.look().request().get(visitor.service().address() + path + "?machineType=virt-10.1");

        assertEquals(200, answer.status());
        assertTrue(answer.headers().get("content-type").startsWith(mediaType));
        assertTrue(answer.body().length > 500);
    }

    @Test
    void whatIsNotThereIsAPageForPeopleAndAProblemForPrograms() {
        Page page = visitor.look();
        page.navigate("/matrix?machineType=virt-99.9");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("virt-99.9");
        // The browser itself notes each answer that is no success.
        assertEquals(1, visitor.complaints().size());

        page.navigate("/nothing-here");
        assertThat(page.getByText("There is no page of this address.")).isVisible();
        assertEquals(1, visitor.complaints().size());
    }
}
