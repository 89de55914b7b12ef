package org.migreg.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.microsoft.playwright.Locator;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables, drafts, expectations and the history, as release engineers use them. */
class TablesPageIT {

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

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    private static Locator heading(Page page) {
        return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1));
    }

    private static void fillIn(Page page, String register, String kernelStream, String range, String rationale) {
        page.getByLabel("x-mig-safe-missing-regs").check();
        page.getByLabel("Register: name").fill(register);
        page.getByLabel("On hosts with kernels of stream").fill(kernelStream);
        page.getByLabel("Range").fill(range);
        page.getByLabel("Rationale").fill(rationale);
        page.getByLabel("References").fill("linux c0000e58c74e");
    }

    /** An entry that is there, made by this editor. */
    private static void add(Page page, String machineType, String register, String range) {
        page.navigate("/tables/" + machineType + "/entries/new");
        fillIn(page, register, "upstream", range, "For the test");
        page.getByLabel("Why, for the next person").fill("Try it");
        button(page, "Add the entry").click();
        assertThat(page.locator("#main").getByRole(AriaRole.STATUS)).containsText("is added");
    }

    @Test
    void ownAndInheritedEntriesAreShownApart() {
        Page page = visitor.look();
        page.navigate("/tables");
        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("virt-11.0").setExact(true))
                .first()
                .click();

        assertThat(page.locator("section[aria-labelledby=own] table")).containsText("DBGDTRTX");
        assertThat(page.locator("section[aria-labelledby=inherited] table")).containsText("TCR2_EL1");
        assertThat(page.locator("section[aria-labelledby=own] table")).not().containsText("TCR2_EL1");
    }

    @Test
    void policyOfAKernelIsRenderedInTheFormAskedFor() {
        Page page = visitor.look();
        page.navigate("/tables/virt-10.1");

        page.getByLabel("On hosts with kernels").fill("6.16");
        page.locator("select[name=form]").selectOption("GLOBAL");

        assertThat(page.locator("#rendering")).containsText("-global arm-cpu.x-mig-hidden-regs=0x6030000000160003");
        assertThat(page).hasURL(Pattern.compile("kernels=6.16.*form=GLOBAL"));
        Page other = visitor.look();
        other.navigate(page.url());
        assertThat(other.locator("#rendering")).containsText("-global arm-cpu.x-mig-hidden-regs=0x6030000000160003");
    }

    @Test
    void whatIsWrongAndWhatItWouldDoStandBesideTheFormWhileTyping() {
        Page page = visitor.look();
        page.navigate("/tables/virt-11.1/entries/new");

        fillIn(page, "NO_SUCH_REGISTER", "upstream", ">=6.13", "Because");
        assertThat(page.locator("#error-register")).containsText("is not a register ID");

        page.getByLabel("Register: name").fill("PMMIR_EL1");
        assertThat(page.locator("#error-register")).isEmpty();
        assertThat(page.locator("#preview")).containsText("newly migratable");
    }

    @Test
    void readerWhoSignsInFindsWhatWasTyped() {
        Page page = visitor.look();
        page.navigate("/tables/virt-9.0/entries/new");
        fillIn(page, "PMMIR_EL1", "upstream", "<7.3", "Two lines\nand a & b");

        button(page, "Sign in to save").click();
        page.getByLabel("Your name").fill("Grace");
        page.getByLabel("Token").fill(visitor.service().token());
        button(page, "Sign in").click();

        assertThat(heading(page)).hasText("New entry of virt-9.0");
        assertThat(page.getByLabel("Rationale")).hasValue("Two lines\nand a & b");
        assertThat(page.getByLabel("Range")).hasValue("<7.3");
    }

    @Test
    void addedEntryIsThereAndItsRevisionCanBeUndone() {
        Page page = visitor.signedIn("Ada");
        add(page, "virt-8.2", "PMMIR_EL1", "<7.3");
        assertThat(page.locator("section[aria-labelledby=own] table")).containsText("Ada");

        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(Pattern.compile("^Revision ")))
                .click();
        assertThat(page.getByText("Try it")).isVisible();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Undo it"))
                .or(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Undo it")))
                .click();
        button(page, "Undo the revision").click();

        assertThat(page.locator("#main").getByRole(AriaRole.STATUS)).containsText("is undone");
        page.navigate("/tables/virt-8.2");
        assertThat(page.locator("section[aria-labelledby=own]")).containsText("It has no entry of its own");
    }

    @Test
    void staleFormShowsBothVersionsAndSavesNothing() {
        Page ada = visitor.signedIn("Ada");
        add(ada, "virt-8.1", "PMMIR_EL1", "<7.3");
        ada.locator("section[aria-labelledby=own]")
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(Pattern.compile("^Edit")))
                .click();
        Page grace = visitor.signedIn("Grace");
        grace.navigate(ada.url());
        grace.getByLabel("Rationale").fill("Grace says so");
        grace.getByLabel("Why, for the next person").fill("Better words");
        button(grace, "Save the entry").click();
        assertThat(grace.locator("#main").getByRole(AriaRole.STATUS)).containsText("is changed");

        ada.getByLabel("Rationale").fill("Ada says so");
        ada.getByLabel("Why, for the next person").fill("Other words");
        button(ada, "Save the entry").click();

        assertThat(ada.getByRole(AriaRole.ALERT)).containsText("Grace");
        assertThat(ada.getByRole(AriaRole.ALERT)).containsText("Grace says so");
        assertThat(ada.getByRole(AriaRole.ALERT)).containsText("Ada says so");
        assertThat(ada.getByLabel("Rationale")).hasValue("Ada says so");
        // The browser itself notes each answer that is no success.
        assertEquals(1, visitor.complaints().size());
        button(ada, "Save mine over theirs").waitFor();
    }

    @Test
    void entrySavedIntoADraftChangesTheTablesOnceThatIsPublished() {
        Page page = visitor.signedIn("Ada");
        page.navigate("/tables/virt-7.2/entries/new");
        fillIn(page, "PMMIR_EL1", "upstream", "<7.3", "For the release");
        page.locator("select[name=draft]").selectOption("");
        page.getByLabel("Its name").fill("release-7.2");
        button(page, "Save into the draft").click();

        assertThat(heading(page)).hasText("Draft release-7.2");
        assertThat(page.locator("section[aria-labelledby=plan]")).containsText("PMMIR_EL1");
        assertThat(page.locator("section[aria-labelledby=would]")).containsText("newly blocked");
        page.getByLabel("Why, for the next person").fill("Release 7.2");
        button(page, "Publish as one revision").click();

        assertThat(page.locator("#main").getByRole(AriaRole.STATUS)).containsText("is published");
        page.navigate("/tables/virt-7.2");
        assertThat(page.locator("section[aria-labelledby=own] table")).containsText("PMMIR_EL1");
    }

    @Test
    void keyboardAloneMakesAMachineType() {
        Page page = visitor.signedIn("Ada");
        page.navigate("/tables");
        page.getByLabel("Name, as -M takes it").focus();

        page.keyboard().type("virt-99.1");
        page.getByLabel("Why, for the next person").focus();
        page.keyboard().type("Of the future");
        page.keyboard().press("Enter");

        assertThat(heading(page)).hasText("virt-99.1");
    }

    @Test
    void keyboardAloneChangesAnEntryAndUndoesThat() {
        Page page = visitor.signedIn("Ada");
        add(page, "virt-8.0", "PMMIR_EL1", "<7.3");

        Visitor.tabTo(
                page,
                page.locator("section[aria-labelledby=own]")
                        .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(Pattern.compile("^Edit"))));
        page.keyboard().press("Enter");
        assertThat(heading(page)).containsText("of virt-8.0");
        Visitor.tabTo(page, page.getByLabel("Rationale"));
        page.keyboard().press("ControlOrMeta+a");
        page.keyboard().type("Said without a mouse");
        Visitor.tabTo(page, page.getByLabel("Why, for the next person"));
        page.keyboard().type("Better words");
        page.keyboard().press("Enter");
        assertThat(page.locator("section[aria-labelledby=own] table")).containsText("Said without a mouse");

        Visitor.tabTo(
                page,
                page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(Pattern.compile("^Revision ")))
                        .first());
        page.keyboard().press("Enter");
        Visitor.tabTo(page, page.getByText("Undo it"));
        page.keyboard().press("Enter");
        assertThat(heading(page)).containsText("Undo revision");
        Visitor.tabTo(page, button(page, "Undo the revision"));
        page.keyboard().press("Enter");

        assertThat(page.locator("#main").getByRole(AriaRole.STATUS)).containsText("is undone");
        page.navigate("/tables/virt-8.0");
        assertThat(page.locator("section[aria-labelledby=own] table")).containsText("For the test");
    }

    @Test
    void editorDeletesAnEntry() {
        Page page = visitor.signedIn("Ada");
        add(page, "virt-7.1", "PMMIR_EL1", "<7.3");
        page.locator("section[aria-labelledby=own]")
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(Pattern.compile("^Delete")))
                .click();
        page.getByLabel("Why, for the next person").fill("Not needed");
        button(page, "Delete the entry").click();

        assertThat(page.locator("#main").getByRole(AriaRole.STATUS)).containsText("is deleted");
        assertThat(page.locator("section[aria-labelledby=own]")).containsText("It has no entry of its own");
    }

    @Test
    void draftTakesAMachineTypeItsEntriesAndDeletions() {
        Page page = visitor.signedIn("Ada");
        page.navigate("/tables");
        page.getByLabel("Name, as -M takes it").fill("virt-98.1");
        page.locator("select[name=inheritsFrom]").selectOption("virt-11.1");
        page.locator("select[name=draft]").selectOption("");
        page.getByLabel("Its name").fill("release-98.1");
        button(page, "Save into the draft").click();
        assertThat(page.locator("section[aria-labelledby=plan]")).containsText("virt-98.1");

        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Add an entry to it"))
                .click();
        fillIn(page, "PMMIR_EL1", "upstream", "<7.3", "For the release");
        assertThat(page.locator("#preview")).containsText("no machine type virt-98.1 yet");
        button(page, "Save into the draft").click();
        page.getByLabel("Why, for the next person").fill("Release 98.1");
        button(page, "Publish as one revision").click();
        assertThat(page.locator("#main").getByRole(AriaRole.STATUS)).containsText("is published");

        page.navigate("/tables/virt-98.1");
        page.locator("section[aria-labelledby=own]")
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(Pattern.compile("^Delete")))
                .click();
        page.locator("select[name=draft]").selectOption("");
        page.getByLabel("Its name").fill("without-it");
        button(page, "Save into the draft").click();
        assertThat(page.locator("section[aria-labelledby=edits]")).containsText("PMMIR_EL1");
        page.getByLabel("Why, for the next person").fill("Not needed after all");
        button(page, "Publish as one revision").click();
        assertThat(page.locator("#main").getByRole(AriaRole.STATUS)).containsText("is published");
        page.navigate("/tables/virt-98.1");
        assertThat(page.locator("section[aria-labelledby=own]")).containsText("It has no entry of its own");
    }

    @Test
    void inheritanceIsTriedBesideTheFormAndSavedIntoADraft() {
        Page page = visitor.signedIn("Ada");
        page.navigate("/tables/virt-11.0/edit");
        assertThat(page.locator("#effect")).containsText("No known move changes its verdict");

        page.locator("select[name=inheritsFrom]").selectOption("");

        assertThat(page.locator("#effect")).containsText("moves change");
        page.locator("select[name=draft]").selectOption("");
        page.getByLabel("Its name").fill("apart");
        button(page, "Save into the draft").click();
        assertThat(page.locator("section[aria-labelledby=edits]"))
                .containsText("Machine type virt-11.0, inheriting from none");
        assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Every move that it changes")))
                .hasAttribute("href", "/changes?draft=apart");
    }

    @Test
    void rebaseThatMeetsAnotherChangeOfTheSameEntryNamesIt() {
        Page page = visitor.signedIn("Ada");
        add(page, "virt-7.0", "PMMIR_EL1", "<7.3");
        page.locator("section[aria-labelledby=own]")
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(Pattern.compile("^Edit")))
                .click();
        String form = page.url();
        page.getByLabel("Range").fill("<7.2");
        page.locator("select[name=draft]").selectOption("");
        page.getByLabel("Its name").fill("narrower");
        button(page, "Save into the draft").click();
        assertThat(heading(page)).hasText("Draft narrower");
        Page grace = visitor.signedIn("Grace");
        grace.navigate(form);
        grace.getByLabel("Range").fill("<7.1");
        grace.getByLabel("Why, for the next person").fill("Narrower still");
        button(grace, "Save the entry").click();
        assertThat(grace.locator("#main").getByRole(AriaRole.STATUS)).containsText("is changed");

        button(page, "Rebase onto the newest tables").click();

        assertThat(page.getByRole(AriaRole.ALERT)).containsText("Others changed the same things since");
        page.getByRole(AriaRole.ALERT).getByRole(AriaRole.LINK).click();
        assertThat(page.locator("#main")).containsText("Narrower still");
        page.navigate("/drafts/narrower");
        assertThat(page.locator("section[aria-labelledby=edits]")).containsText("<7.2");
        // The browser itself notes each answer that is no success.
        assertEquals(1, visitor.complaints().size());
    }

    @Test
    void changeThatBreaksAnExpectationIsSavedWithTheReasonWhyAlone() {
        Page page = visitor.signedIn("Ada");
        page.navigate("/expectations");
        page.getByLabel("Guests of machine type").selectOption("virt-5.0");
        page.getByLabel("must go from kernels of stream").fill("debian");
        page.locator("input[name=fromRange]").fill(">=6.12|<6.13");
        page.getByLabel("to kernels of stream").fill("debian");
        page.locator("input[name=toRange]").fill(">=6.12|<6.13");
        page.getByLabel("Why, for the next person").fill("One stable series");
        button(page, "Add it").click();
        assertThat(page.locator("tbody tr").filter(new Locator.FilterOptions().setHasText("virt-5.0")))
                .containsText("✓ met");

        page.navigate("/tables/virt-5.0/entries/new");
        fillIn(page, "MDSCR_EL1", "debian", ">=6.12.100|<6.13", "For the test");
        page.getByLabel("x-mig-hidden-regs").check();
        page.getByLabel("Why, for the next person").fill("Try it");
        button(page, "Add the entry").click();

        assertThat(page.getByRole(AriaRole.ALERT)).containsText("This breaks an expectation that is met now");
        assertThat(page.getByLabel("Rationale")).hasValue("For the test");
        page.getByLabel("say why it must be so all the same").fill("That host is gone");
        button(page, "Add the entry").click();
        assertThat(page.locator("#main").getByRole(AriaRole.STATUS)).containsText("is added");
        page.navigate("/expectations");
        assertThat(page.locator("tbody tr").filter(new Locator.FilterOptions().setHasText("virt-5.0")))
                .containsText("✗ not met");
        // The browser itself notes each answer that is no success.
        assertEquals(1, visitor.complaints().size());
    }

    @Test
    void expectationMadeByAProgramKeepsWhatItSaysOfQemusWhenItIsSavedOnItsPage() {
        long id = visitor.service()
                .write("POST", "/api/v1/expectations", """
                        {"machineType": "virt-5.1", "sourceKernels": {"stream": "debian", "range": "*"},
                         "destinationKernels": {"stream": "debian", "range": "*"}, "loadBehaviour": "TOLERANCES",
                         "tolerances": "TABLE", "sourceXMigProperties": false}""")
                .json()
                .get("id")
                .asLong();
        Page page = visitor.signedIn("Ada");
        page.navigate("/expectations/" + id);
        page.getByLabel("What it is for").fill("Words only");
        page.getByLabel("Why, for the next person").first().fill("Say what it is for");
        button(page, "Save the expectation").click();
        assertThat(page.locator("#main").getByRole(AriaRole.STATUS)).containsText("is changed");
        var saved = visitor.service().get("/api/v1/expectations/" + id).json().get("expectation");
        assertEquals("Words only", saved.get("description").asString());
        assertEquals("TABLE", saved.get("tolerances").asString());
        assertEquals(false, saved.get("sourceXMigProperties").asBoolean());
    }

    @Test
    void formSentAfterTheSessionHasEndedComesBackFilledIn() {
        Page page = visitor.signedIn("Ada");
        page.navigate("/tables/virt-9.0/entries/new");
        fillIn(page, "PMMIR_EL1", "upstream", "<7.3", "Two & three + four");
        page.getByLabel("Why, for the next person").fill("Try it");
        page.context().clearCookies();

        button(page, "Add the entry").click();
        page.getByLabel("Your name").fill("Ada");
        page.getByLabel("Token").fill(visitor.service().token());
        button(page, "Sign in").click();

        assertThat(heading(page)).hasText("New entry of virt-9.0");
        assertThat(page.getByLabel("Rationale")).hasValue("Two & three + four");
        assertThat(page.getByLabel("Why, for the next person")).hasValue("Try it");
    }

    @Test
    void historyIsNarrowedToOneKind() {
        Page page = visitor.look();
        page.navigate("/revisions");

        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("captures").setExact(true))
                .click();

        assertThat(page.locator("table.revisions tbody tr")).hasCount(1);
        assertThat(page.locator("table.revisions tbody")).containsText("captured lists of real kernels");
    }

    @Test
    void worksWithoutScripts() {
        Page page = visitor.look(Visitor.Look.WITHOUT_SCRIPTS);
        page.navigate("/tables/virt-11.1/entries/new");
        fillIn(page, "PMMIR_EL1", "upstream", "nonsense", "Because");

        button(page, "Check").click();

        assertThat(page.locator("#preview")).containsText("range");
        assertThat(page.getByLabel("Rationale")).hasValue("Because");
    }

    @ParameterizedTest
    @CsvSource({
        "1440, false, /tables",
        "390, true, /tables",
        "1440, true, /tables/virt-11.0",
        "390, false, /tables/virt-11.0?kernels=6.16&form=LIBVIRT",
        "1440, false, /tables/virt-11.1/entries/new?property=x-mig-hidden-regs&register=TCR2_EL1&stream=upstream&range=*",
        "390, true, /tables/virt-11.1/entries/new?property=x-mig-hidden-regs&register=TCR2_EL1&stream=upstream&range=*",
        "390, false, /tables/virt-11.1/delete",
        "1440, true, /revisions",
        "390, false, /revisions",
        "390, true, /revisions/2",
        "1440, false, /revisions/compare?from=1&to=2",
        "390, false, /drafts",
        "390, true, /expectations",
    })
    void nobodyIsShutOutAndNothingScrollsSideways(int width, boolean dark, String address) {
        Page page = visitor.look(new Visitor.Look(width, 900, dark, true));
        page.navigate(address);

        assertEquals(List.of(), Visitor.barriers(page));
        assertFalse(Visitor.scrollsSideways(page), address + " scrolls sideways");
    }

    @ParameterizedTest
    @CsvSource({"1440, false", "390, true"})
    void formsOfEditorsShutNobodyOut(int width, boolean dark) {
        visitor.service().write("POST", "/api/v1/drafts", """
                {"name": "looked-at-%d", "edits": [
                  {"op": "putMachineType", "machineType": "virt-97.1",
                   "definition": {"architecture": "aarch64", "inheritsFrom": null, "description": ""}},
                  {"op": "delete", "machineType": "virt-11.1", "id": 77}]}""".formatted(width));
        Page page = visitor.signedIn("Ada", new Visitor.Look(width, 900, dark, true));
        for (String address : List.of(
                "/tables",
                "/tables/virt-11.1/edit",
                "/tables/virt-11.1/entries/new",
                "/tables/virt-11.1/entries/77",
                "/tables/virt-11.1/entries/77/delete",
                "/tables/virt-2.6/delete",
                "/expectations",
                "/drafts",
                "/drafts/looked-at-" + width,
                "/drafts/looked-at-" + width + "/discard",
                "/revisions/2/undo")) {
            page.navigate(address);
            assertEquals(List.of(), Visitor.barriers(page), address);
            assertFalse(Visitor.scrollsSideways(page), address + " scrolls sideways");
        }
    }
}
