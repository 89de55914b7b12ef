package org.migreg.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.migreg.api.RunningService;

/** A matrix of more kernels than have links in their cells. */
class LargeMatrixIT {

    private static final int KERNELS = 200;
    private static final String ADDRESS = "/matrix?machineType=virt-10.1&cpuModel=fictitious";

    @TempDir
    static Path dataDirectory;

    static Visitor visitor;

    /** A kernel's list as the API gives it, without its brackets: one that is not whole gives UNKNOWN. */
    private static String realList;

    @BeforeAll
    static void start() {
        visitor = Visitor.of(dataDirectory);
        // Of a late kernel, which lists what every one of these must have.
        String real = "";
        for (var capture : visitor.service()
                .get("/api/v1/captures?cpuModel=neoverse-v1&vcpuFeatureSet=qemu-host&limit=1000")
                .json()
                .get("items")) {
            if (capture.at("/kernel/release").asString("").startsWith("7.")) {
                real = capture.get("id").asString();
            }
        }
        String list = visitor.service()
                .get("/api/v1/captures/" + real)
                .json()
                .get("registers")
                .toString();
        realList = list.substring(1, list.length() - 1);
        StringBuilder registers = new StringBuilder(realList);
        for (int i = 0; i < KERNELS; i++) {
            // Each lists a register more than the one before it: no two are alike.
            registers.append(String.format(", {\"id\": \"0x603000000013%04x\", \"value\": \"0x0\"}", 0xf000 + i));
            RunningService.Answer stored =
                    visitor.service().write("POST", "/api/v1/captures", """
                            {"kernelRelease": "6.%d.%d", "cpuModel": "fictitious", "accelerator": "kvm",
                             "vcpuFeatureSet": "qemu-host", "registers": [%s]}""".formatted(i / 10, i % 10, registers));
            assertEquals(201, stored.status(), stored.text());
        }
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

    @Test
    void rowsComeByThemselvesAndACellOpensWithoutALink() {
        Page page = visitor.look();
        page.navigate(ADDRESS);

        assertThat(page.locator("table.matrix tbody tr")).hasCount(KERNELS);
        assertThat(page.locator("table.matrix tbody th").last()).hasText("6.19.9");
        assertThat(page.locator("table.matrix tbody a").first()).hasText("6.0.0");

        page.locator("table.matrix tbody tr").nth(150).locator("td").nth(3).click();

        assertThat(page).hasURL(Pattern.compile("/matrix/cell"));
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasText("6.15.0 to 6.0.3");
    }

    @Test
    void withoutScriptsTheNextRowsAreALinkAway() {
        Page page = visitor.look(Visitor.Look.WITHOUT_SCRIPTS);
        page.navigate(ADDRESS);
        String last = page.locator("table.matrix tbody tr:not(.more) th").last().innerText();

        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("The next rows"))
                .click();

        assertThat(page.locator("table.matrix tbody th").first()).not().hasText(last);
        assertThat(page.locator("table.matrix thead th[data-c]")).hasCount(KERNELS);
    }

    @Test
    void keyboardWalksOverItsCellsAndOpensOne() {
        Page page = visitor.look();
        page.navigate(ADDRESS);
        page.locator(".scroller").focus();

        page.keyboard().press("Enter");
        page.keyboard().press("ArrowDown");
        page.keyboard().press("ArrowRight");
        page.keyboard().press("ArrowRight");
        page.keyboard().press("Enter");

        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasText("6.0.1 to 6.0.2");
    }

    @Test
    void pageStaysUnderAMegabyteAndAHalf() {
        String page = visitor.service().get(ADDRESS).text();

        assertTrue(page.length() < 1_500_000, page.length() + " characters");
        assertTrue(page.contains("firstRow="));
        assertEquals(400, visitor.service().get(ADDRESS + "&firstRow=201").status());
        assertEquals(400, visitor.service().get(ADDRESS + "&firstRow=-1").status());
    }

    @Test
    void alikeKernelsShareARowOfThePageAndHaveTheirOwnInTheCsv() {
        int alike = 41;
        for (int i = 0; i < alike; i++) {
            assertEquals(
                    201,
                    visitor.service()
                            .write("POST", "/api/v1/captures", """
                                    {"kernelRelease": "6.1.%d", "cpuModel": "uniform", "accelerator": "kvm",
                                     "vcpuFeatureSet": "qemu-host", "registers": [%s]}""".formatted(i, realList))
                            .status());
        }
        String address = "?machineType=virt-10.1&cpuModel=uniform";
        Page page = visitor.look();
        page.navigate("/matrix" + address);

        assertThat(page.locator("table.matrix tbody tr")).hasCount(1);
        assertThat(page.getByText("41 kernels; equal ones share a row.")).isVisible();
        String csv = visitor.service().get("/matrix.csv" + address).text();
        assertEquals(alike + 1, csv.lines().count());
        assertTrue(csv.lines().skip(1).allMatch(line -> line.matches("6[.]1[.][0-9]+(,COMPATIBLE){41}")), csv);
        assertEquals(
                2,
                visitor.service()
                        .get("/matrix.csv" + address + "&collapse=true")
                        .text()
                        .lines()
                        .count());
    }

    @Test
    void pageIsNoWiderThanTheWindow() {
        Page page = visitor.look(Visitor.Look.PHONE);
        page.navigate(ADDRESS);
        assertThat(page.locator("table.matrix tbody tr")).hasCount(KERNELS);

        assertFalse(Visitor.scrollsSideways(page));
    }
}
