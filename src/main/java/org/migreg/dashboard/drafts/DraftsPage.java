package org.migreg.dashboard.drafts;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.migreg.contract.InvalidFieldException;
import org.migreg.dashboard.ChangedThing;
import org.migreg.dashboard.SentForm;
import org.migreg.dashboard.tables.ChangeEffect;
import org.migreg.draftstore.DraftName;
import org.migreg.draftstore.DraftStore;
import org.migreg.draftstore.StoredDraft;
import org.migreg.history.ExpectedVersion;
import org.migreg.policy.NoSuchEntryException;
import org.migreg.policy.NoSuchMachineTypeException;
import org.migreg.policy.change.TableEdit;
import org.migreg.policystore.PolicyStore;
import org.migreg.question.fleet.ScenarioSettings;
import org.migreg.registry.draft.DraftEffect;
import org.migreg.registry.draft.Drafting;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Drafts: changes that are prepared, looked at, carried over to newer tables, and published. */
@Controller
public record DraftsPage(DraftStore drafts, Drafting drafting, PolicyStore policies) {

    @GetMapping("/drafts")
    String list(Model model) {
        List<StoredDraft> all = drafts.all();
        model.addAttribute("open", all.stream().filter(StoredDraft::isOpen).toList());
        model.addAttribute(
                "published", all.stream().filter(draft -> !draft.isOpen()).toList());
        return "drafts/list";
    }

    @PostMapping("/drafts")
    String create(
            @RequestParam String name,
            @RequestParam(defaultValue = "") String description,
            SentForm sent,
            Model model) {
        model.addAttribute("name", name);
        model.addAttribute("description", description);
        return sent.attempt(
                HttpStatus.UNPROCESSABLE_CONTENT,
                () -> {
                    StoredDraft made = drafting.create(
                            new DraftName(name.strip()), description.strip(), null, base -> List.of(), sent.author());
                    return "redirect:/drafts/" + made.name();
                },
                () -> list(model));
    }

    @GetMapping("/drafts/{name}")
    String show(@PathVariable String name, Model model) {
        StoredDraft draft = drafts.get(name(name));
        model.addAttribute("draft", draft);
        model.addAttribute("edits", DraftEditRow.of(draft, policies.current().table()));
        if (draft.isOpen()) {
            DraftEffect effect = drafting.effect(draft.name(), ScenarioSettings.withXMigProperties(""));
            model.addAttribute("against", effect.against().number());
            if (!model.containsAttribute("conflicts")) {
                model.addAttribute("conflicts", effect.conflicts());
            }
            model.addAttribute("things", ChangedThing.of(effect.difference()));
            model.addAttribute("expectations", effect.expectations());
            model.addAttribute(
                    "effect",
                    ChangeEffect.of(
                            effect.impact(),
                            effect.lint().introduced(),
                            effect.lint().resolved(),
                            effect.known().hosts().size()));
        }
        return "drafts/draft";
    }

    @PostMapping("/drafts/{name}/description")
    String describe(
            @PathVariable String name,
            @RequestParam long version,
            @RequestParam String description,
            SentForm sent,
            Model model) {
        return change(name, sent, model, () -> {
            List<TableEdit> edits = drafts.get(name(name)).content().edits();
            drafting.replace(
                    name(name), ExpectedVersion.of(version), description.strip(), base -> edits, sent.author());
            return "The description is changed.";
        });
    }

    @PostMapping("/drafts/{name}/edits/{index}/remove")
    String takeOut(
            @PathVariable String name,
            @PathVariable int index,
            @RequestParam long version,
            SentForm sent,
            Model model) {
        return change(name, sent, model, () -> {
            List<TableEdit> edits =
                    new ArrayList<>(drafts.get(name(name)).content().edits());
            if (index < 0 || index >= edits.size()) {
                throw new InvalidFieldException("index", index, "the draft has no such edit");
            }
            edits.remove(index);
            drafting.replace(name(name), ExpectedVersion.of(version), null, base -> edits, sent.author());
            return "The edit is taken out of the draft.";
        });
    }

    @PostMapping("/drafts/{name}/rebase")
    String rebase(@PathVariable String name, @RequestParam long version, SentForm sent, Model model) {
        return change(name, sent, model, () -> {
            StoredDraft rebased = drafting.rebase(name(name), ExpectedVersion.of(version), sent.author());
            return "The draft now rests on revision " + rebased.content().baseRevision() + ".";
        });
    }

    @PostMapping("/drafts/{name}/publish")
    String publish(@PathVariable String name, @RequestParam long version, SentForm sent, Model model) {
        model.addAttribute("reason", sent.reason());
        model.addAttribute("override", sent.text("override"));
        if (!sent.saysWhy()) {
            return show(name, model);
        }
        return sent.attempt(
                HttpStatus.CONFLICT,
                () -> {
                    Drafting.Publication publication = drafting.publish(
                            name(name), ExpectedVersion.of(version), sent.author(), sent.reason(), sent.override());
                    return sent.done("The draft " + name + " is published.", publication.revision(), "/tables");
                },
                () -> show(name, model));
    }

    @GetMapping("/drafts/{name}/discard")
    String confirmDiscarding(@PathVariable String name, Model model) {
        model.addAttribute("draft", drafts.get(name(name)));
        return "drafts/discard";
    }

    @PostMapping("/drafts/{name}/discard")
    String discard(@PathVariable String name, @RequestParam long version, SentForm sent, Model model) {
        return sent.attempt(
                HttpStatus.CONFLICT,
                () -> {
                    drafts.remove(name(name), ExpectedVersion.of(version));
                    return sent.done("The draft " + name + " is discarded.", null, "/drafts");
                },
                () -> confirmDiscarding(name, model));
    }

    /** Does it and goes back to the draft, or shows there why it was not done. */
    private String change(String name, SentForm sent, Model model, Supplier<String> work) {
        try {
            return sent.attempt(
                    HttpStatus.CONFLICT,
                    () -> sent.done(work.get(), null, "/drafts/{name}", name),
                    () -> show(name, model));
        } catch (NoSuchEntryException | NoSuchMachineTypeException missing) {
            sent.refuse(HttpStatus.CONFLICT, "refusal", missing.getMessage());
            return show(name, model);
        }
    }

    private static DraftName name(String text) {
        return InvalidFieldException.reading("name", text, () -> new DraftName(text));
    }
}
