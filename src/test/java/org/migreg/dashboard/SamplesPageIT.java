package org.migreg.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.migreg.samplestore.SampleStore;
import org.migreg.samplestore.UnreadSample;

/** A log that is not understood is kept by whoever agrees to it, and read and deleted by administrators. */
class SamplesPageIT {

    @TempDir
    static Path directory;

    private static Visitor visitor;

    @BeforeAll
    static void start() {
        visitor = Visitor.of(directory);
    }

    @AfterAll
    static void stop() {
        if (visitor != null) {
            visitor.close();
        }
    }

    private static void paste(Page page, String log) {
        page.navigate("/diagnose");
        page.locator("textarea#log").fill(log);
        button(page, "Diagnose").click();
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    @Test
    void aFileIsDiagnosedPackedOrNot() {
        Page page = visitor.look();
        page.navigate("/diagnose");
        page.getByLabel("Or its file, packed or not")
                .setInputFiles(Path.of("src/test/resources/logs/field/rotated.log.gz"));
        button(page, "Diagnose").click();
        assertThat(page.locator("#answer"))
                .containsText("The stream brings 258 registers, and the destination takes 241.");
        assertThat(page.locator("section.keep")).hasCount(0);

        page.getByLabel("Or its file, packed or not")
                .setInputFiles(Path.of("src/test/resources/logs/field/gem5-set-register.log"));
        button(page, "Diagnose").click();
        assertThat(page.locator("#answer")).containsText("refused to another program than QEMU");
        assertEquals(List.of(), visitor.complaints());
    }

    @Test
    void whatIsNotUnderstoodMayBeKeptAlsoWhereARegisterIsNamed() {
        Page page = visitor.signedIn("Ada");
        paste(
                page,
                "qemu-kvm: handle_cpreg_only_in_incoming_stream: some new reg 7 in the incoming stream but unknown on the"
                        + " destination: fail migration\nqemu-kvm: error while loading state for instance 0x0 of device 'cpu'");
        assertThat(page.locator("section.keep")).containsText("Nothing of this log is stored.");
    }

    private static List<UnreadSample> samples() {
        return visitor.service().bean(SampleStore.class).all();
    }

    @Test
    void aLogIsKeptOnlyByWhoeverAgreesAndIsMasked() {
        Page page = visitor.signedIn("Ada");
        paste(page, "hostname: kvm07.corp\nqemu-kvm: a message that nobody knows on kvm07");
        Locator keep = page.locator("section.keep");
        assertThat(keep).containsText("Nothing of this log is stored.");
        button(page, "Keep it").click();
        assertEquals(0, samples().size());
        keep.getByLabel("I agree that this log is kept").check();
        keep.getByLabel("What happened, or what would be right").fill("seen on kvm07");
        button(page, "Keep it").click();

        assertThat(page.getByRole(AriaRole.STATUS).first()).containsText("The log is kept.");
        assertThat(page.locator("textarea#log"))
                .hasValue("hostname: HOST-1\nqemu-kvm: a message that nobody knows on HOST-1");
        assertEquals("seen on HOST-1", samples().getFirst().note());
        assertEquals("Ada", samples().getFirst().keptBy());

        page.navigate("/samples");
        page.getByRole(AriaRole.ROWHEADER).getByRole(AriaRole.LINK).first().click();
        button(page, "Delete it for good").click();
        assertThat(page.locator(".empty")).containsText("None is kept.");
        assertEquals(0, samples().size());
        assertEquals(List.of(), visitor.complaints());
    }

    @Test
    void othersAreAskedToSignIn() {
        Page page = visitor.look();
        paste(page, "a message that nobody knows");
        assertThat(page.locator("section.keep")).containsText("Sign in to keep it");
        page.navigate("/samples");
        assertThat(page.getByLabel("Token")).isVisible();
    }

    @Test
    void thePagesCanBeUsedByEverybodyWhateverTheWindow() {
        UnreadSample sample = visitor.service()
                .bean(SampleStore.class)
                .keep("a log\n" + "x".repeat(300), true, "a note of some length", "Ada");
        for (Visitor.Look look : List.of(
                new Visitor.Look(1280, 900, false, true),
                Visitor.Look.PHONE,
                Visitor.Look.PHONE.inTheDark(),
                new Visitor.Look(1280, 900, true, true))) {
            Page page = visitor.signedIn("Ada", look);
            for (String address : List.of("/samples", "/samples/" + sample.id(), "")) {
                if (address.isEmpty()) {
                    paste(page, "a message that nobody knows");
                    assertThat(page.locator("section.keep")).isVisible();
                } else {
                    page.navigate(address);
                }
                assertEquals(List.of(), Visitor.barriers(page), address + look);
                assertFalse(Visitor.scrollsSideways(page), address + look);
            }
        }
        visitor.service().bean(SampleStore.class).delete(sample.id());
        assertEquals(List.of(), visitor.complaints());
    }
}
