package org.migreg.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.migreg.capture.CaptureId;
import org.migreg.capture.CaptureQuery;
import org.migreg.capture.HostName;
import org.migreg.capturestore.CaptureStore;
import org.migreg.history.ExpectedVersion;
import org.migreg.hoststore.HostReport;
import org.migreg.hoststore.HostStore;

/** Captures, hosts, registers and the diagnosis of a log, as people use their pages. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LookingUpIT {

    private static final String OLDER = "6.12.107+deb13-arm64";
    private static final String NEWER = "6.16.12+deb13-arm64";

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

    private static FilePayload file(String name, String content) {
        return new FilePayload(name, "application/octet-stream", content.getBytes(StandardCharsets.UTF_8));
    }

    private static String captureOf(String kernel) {
        return """
            {"kernelRelease": "%s", "cpuModel": "neoverse-v1", "accelerator": "kvm", "vcpuFeatureSet": "qemu-host",
             "registers": [["0x603000000013c103", "0x5"], ["0x603000000013c000", "0x411fd401"], ["0x6030000000100000", "0x1"]]}
            """.formatted(kernel);
    }

    /** The seed's capture of such a host. */
    private static CaptureId seed(String kernel) {
        return visitor.service()
                .bean(CaptureStore.class)
                .current()
                .matching(new CaptureQuery(kernel, null, "neoverse-v1", null, "qemu-host", null, null, null))
                .getFirst()
                .id();
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator heading(Page page) {
        return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1));
    }

    private static int captures() {
        return visitor.service().bean(CaptureStore.class).current().all().size();
    }

    private static HostReport has(CaptureId capture) {
        return new HostReport(capture, null, null, null, null, null);
    }

    @Test
    void uploadIsLookedAtFirstAndStoredThen() {
        int before = captures();
        Page page = visitor.signedIn("Ada");
        page.navigate("/captures");
        page.getByText("Upload captures").click();
        page.locator("input[type=file]").setInputFiles(new FilePayload[] {
            file("one.json", captureOf("6.17.1")), file("two.txt", "TCR2_EL1=0x1\n0x603000000013c1f3=0x2\n")
        });
        page.getByLabel("Kernel release").fill("6.17.2");

        button(page, "Look first").click();

        Locator understood = page.locator("#understood");
        assertThat(understood).containsText("Nothing is stored yet.");
        assertThat(understood).containsText("Arm Neoverse-V1 r1p1, MIDR 0x00000000411fd401");
        assertThat(understood).containsText("1 CORE");
        assertThat(understood).containsText("6.17.2, of stream upstream");
        assertThat(understood.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("0x603000000013c1f3")))
                .isVisible();
        assertEquals(before, captures());

        page.getByLabel("Reason, for the revision").fill("two new kernels");
        button(page, "Store").click();

        assertThat(understood).containsText("Stored: 2 new, 0 known already.");
        assertEquals(before + 2, captures());
        assertThat(page.locator("#found-title")).hasText("All " + (before + 2));
        understood.locator("a[href*='/captures/sha256']").first().click();
        assertThat(heading(page)).containsText("6.17.1");
    }

    @Test
    void fileThatCannotBeReadKeepsTheOthersOut() {
        int before = captures();
        Page page = visitor.signedIn("Ada");
        page.navigate("/captures");
        page.getByText("Upload captures").click();
        page.locator("input[type=file]")
                .setInputFiles(
                        new FilePayload[] {file("good.json", captureOf("6.17.9")), file("holiday.txt", "sun and sea")});
        page.getByLabel("Reason, for the revision").fill("try");

        button(page, "Store").click();

        assertThat(page.locator("#understood")).containsText("Nothing was stored: not every file can be taken.");
        assertThat(page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("holiday.txt")))
                .containsText("the text holds no register ID");
        assertEquals(before, captures());
    }

    @Test
    void droppedFilesAreTakenAsIfChosen() {
        Page page = visitor.look();
        page.navigate("/captures");
        page.evaluate("""
            content => {
              const dropped = new DataTransfer();
              dropped.items.add(new File([content], "dropped.json"));
              for (const event of ["dragover", "drop"]) {
                document.querySelector("[data-drop]").dispatchEvent(
                    new DragEvent(event, { dataTransfer: dropped, bubbles: true, cancelable: true }));
              }
            }
            """, captureOf("6.17.3"));

        button(page, "Look first").click();

        assertThat(page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("dropped.json")))
                .containsText("would be new");
        assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Sign in to store")))
                .isVisible();
    }

    @Test
    void uploadAfterTheSessionHasEndedLeadsBackThroughTheSignIn() {
        int before = captures();
        Page page = visitor.signedIn("Ada");
        page.navigate("/captures");
        page.getByText("Upload captures").click();
        page.locator("input[type=file]").setInputFiles(file("one.json", captureOf("6.17.4")));
        page.getByLabel("Reason, for the revision").fill("try");
        page.context().clearCookies();

        button(page, "Store").click();
        page.getByLabel("Your name").fill("Ada");
        page.getByLabel("Token").fill(visitor.service().token());
        button(page, "Sign in").click();

        assertThat(heading(page)).hasText("Captures");
        assertThat(page).hasURL(Pattern.compile("/captures"));
        assertEquals(before, captures());
    }

    @Test
    void whatIsWrongInAFieldIsSaidAndWhatWasTypedStays() {
        Page page = visitor.look(Visitor.Look.WITHOUT_SCRIPTS);
        page.navigate("/captures");
        page.getByText("Upload captures").click();
        page.locator("input[type=file]").setInputFiles(file("one.json", captureOf("6.17.1")));
        page.locator("input[name=qemu]").fill("eleven");

        button(page, "Look first").click();

        assertThat(page.getByRole(AriaRole.ALERT)).containsText("eleven");
        assertThat(page.locator("input[name=qemu]")).hasValue("eleven");
        assertThat(page.locator("input[name=qemu]")).hasAttribute("aria-invalid", "true");
    }

    @Test
    void capturesAreFoundByKernelAndRegisterAndTheAddressIsShared() {
        Page page = visitor.look();
        page.navigate("/captures");

        page.locator("select[name=kernel]").selectOption(NEWER);
        assertThat(page).hasURL(Pattern.compile("kernel="));
        page.getByLabel("Listing the register").fill("KVM_REG_ARM_VENDOR_HYP_BMAP_2");
        assertThat(page).hasURL(Pattern.compile("register=KVM"));

        Page other = visitor.look();
        other.navigate(page.url());
        assertThat(other.locator("#found tbody tr").first()).containsText(NEWER);
        assertThat(other.getByLabel("Listing the register")).hasValue("KVM_REG_ARM_VENDOR_HYP_BMAP_2");

        other.getByLabel("Listing the register").fill("no such");
        assertThat(other.getByRole(AriaRole.ALERT)).containsText("is not a register ID");
    }

    @Test
    void twoKernelsAreComparedWithTheEventsThatExplain() {
        Page page = visitor.look();
        page.navigate("/captures/" + seed(OLDER));
        page.getByLabel("Compare with").selectOption(seed(NEWER).text());

        button(page, "Compare").click();

        assertThat(page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Only in A"))
                        .first())
                .containsText("TCR2_EL1");
        assertThat(page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Only in B"))
                        .first())
                .containsText("x-mig-hidden-regs");
        assertThat(page.getByText("NV [27:24] 0x2 → 0x0")).isVisible();
    }

    @Test
    void registersOfACaptureAreNarrowedByName() {
        Page page = visitor.look();
        page.navigate("/captures/" + seed(OLDER));

        page.getByLabel("Name or id").fill("mmfr2");

        assertThat(page.locator("#lines tbody tr")).hasCount(2);
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("ID_AA64MMFR2_EL1"))
                .click();
        assertThat(heading(page)).hasText("ID_AA64MMFR2_EL1");
    }

    @ParameterizedTest
    @CsvSource({
        "TCR2, TCR2_EL1",
        "0x603000000013c103, TCR2_EL1",
        "S3_0_C2_C0_3, TCR2_EL1",
        "system register op0:3 op1:0 crn:2 crm:0 op2:3, TCR2_EL1",
        "fw feat reg 3, KVM_REG_ARM_VENDOR_HYP_BMAP_2",
        "system register 0x200e0298, DBGDTRTX",
    })
    void registerIsFoundInEveryForm(String typed, String name) {
        Page page = visitor.look();
        page.navigate("/registers");

        page.getByLabel("Name, part of one, or id in any form").fill(typed);

        assertThat(page.locator("#found tbody tr").first()).containsText(name);
        assertThat(page).hasURL(Pattern.compile("query="));
    }

    @Test
    void registerSaysInWhichFieldTheKernelsDifferAndWhoNamesIt() {
        Page page = visitor.look();
        page.navigate("/registers/ID_AA64MMFR2_EL1");
        page.getByLabel("Hosts").selectOption("neoverse-v1 kvm qemu-host");

        Locator nv = page.locator("table.values tr").filter(new Locator.FilterOptions().setHasText("NV"));
        assertThat(nv.first()).containsText("≠");
        assertThat(page).hasURL(Pattern.compile("hosts=neoverse-v1"));

        page.navigate("/registers/TCR2_EL1");
        assertThat(page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Entries that name it"))
                        .first())
                .containsText("x-mig-safe-missing-regs");
        assertThat(page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Which kernels expose it"))
                        .first())
                .containsText(OLDER);
    }

    @Test
    void registerSearchWorksWithoutScripts() {
        Page page = visitor.look(Visitor.Look.WITHOUT_SCRIPTS);
        page.navigate("/registers");
        page.getByLabel("Name, part of one, or id in any form").fill("PIRE0");

        button(page, "Find").click();

        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("PIRE0_EL1").setExact(true))
                .first()
                .click();
        assertThat(heading(page)).hasText("PIRE0_EL1");
    }

    @Test
    @Order(1)
    void hostsBeginWithWhatToDo() {
        Page page = visitor.look();
        page.navigate("/hosts");

        assertThat(page.getByText("No host is known yet.")).isVisible();
        assertEquals(List.of(), Visitor.barriers(page));
    }

    @Test
    @Order(2)
    void fleetIsCountedAndAHostTellsItsHistory() {
        HostStore hosts = visitor.service().bean(HostStore.class);
        for (int i = 1; i <= 3; i++) {
            hosts.report(
                    HostName.parseLenient("compute-" + i), has(seed(OLDER)), ExpectedVersion.any(), "Ada", "boots");
        }
        hosts.report(HostName.parseLenient("compute-3"), has(seed(NEWER)), ExpectedVersion.any(), "Ada", "upgraded");
        Page page = visitor.look();
        page.navigate("/hosts");

        assertThat(page.getByText("3 hosts run 2 kernels and have 2 different captures."))
                .isVisible();
        assertThat(page.getByText("Hosts of one kind list the same, everywhere."))
                .isVisible();
        page.getByLabel("Part of the name").fill("3");
        assertThat(page.locator("#found tbody tr")).hasCount(1);
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("compute-3"))
                .click();

        assertThat(page.locator("dl.facts")).containsText("not recorded: host is assumed");
        assertThat(page.locator("dl.facts")).containsText("Last heard of");
        assertThat(page.locator("table tbody tr")).hasCount(2);
        assertThat(page.locator("table tbody tr").first()).containsText("upgraded");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Compare with the one before"))
                .click();
        assertThat(page.getByText("NV [27:24] 0x2 → 0x0")).isVisible();
    }

    @Test
    void sampleIsDiagnosedUpToADraftOfTheCure() {
        Page page = visitor.look();
        page.navigate("/diagnose");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Try it with a sample"))
                .click();

        button(page, "Diagnose").click();

        Locator answer = page.locator("#answer");
        assertThat(answer).containsText("at a register that the destination does not know");
        assertThat(answer).containsText("KVM_REG_ARM_VENDOR_HYP_BMAP_2");
        assertThat(answer).containsText("Say the guest's machine type above");

        page.getByLabel("Machine type, if known").selectOption("virt-10.1");
        page.getByLabel("Destination's kernel, if known").fill("6.12.107+deb13-arm64");
        button(page, "Diagnose").click();

        assertThat(answer.getByText("Draft it for virt-10.1").first())
                .hasAttribute("href", Pattern.compile("/tables/virt-10.1/entries/new\\?property=x-mig-"));
    }

    @Test
    void diagnosisWorksWithoutScriptsAndKeepsWhatWasPasted() {
        Page page = visitor.look(Visitor.Look.WITHOUT_SCRIPTS);
        page.navigate("/diagnose");
        page.locator("#log").fill("qemu-system-aarch64: Invalid value 258 expecting positive value <= 241");
        page.getByLabel("Source's kernel, if known").fill("@@");

        button(page, "Diagnose").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("@@");

        page.getByLabel("Source's kernel, if known").fill("");
        button(page, "Diagnose").click();
        assertThat(page.getByText("The stream brings 258 registers").first()).isVisible();
        assertThat(page.getByText("What the log proves")).isVisible();
        assertThat(page.getByText("What it suggests")).isVisible();
        assertThat(page.getByText("What to do next")).isVisible();
        assertThat(page.locator("#log")).hasValue(Pattern.compile("Invalid value 258"));
    }

    @ParameterizedTest
    @CsvSource({"1440, false", "390, true"})
    @Order(Integer.MAX_VALUE)
    void nobodyIsShutOutAndNothingScrollsSideways(int width, boolean dark) {
        List<String> addresses = List.of(
                "/captures",
                "/captures/" + seed(OLDER),
                "/captures/diff?a=" + seed(OLDER) + "&b=" + seed(NEWER),
                "/hosts",
                "/hosts/compute-3",
                "/registers",
                "/registers/ID_AA64MMFR2_EL1",
                "/registers/TCR2_EL1",
                "/diagnose?sample=true");
        for (String address : addresses) {
            Page page = visitor.look(new Visitor.Look(width, 900, dark, true));
            page.navigate(address);
            if (address.startsWith("/diagnose")) {
                page.getByLabel("Machine type, if known").selectOption("virt-10.1");
                button(page, "Diagnose").click();
                assertThat(page.getByText("What would cure it")).isVisible();
            }
            if (address.equals("/captures")) {
                page.getByText("Upload captures").click();
            }
            assertEquals(List.of(), Visitor.barriers(page), address);
            assertFalse(Visitor.scrollsSideways(page), address + " scrolls sideways");
            page.context().close();
        }
    }
}
