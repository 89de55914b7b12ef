package org.migreg.dashboard.drafts;

import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.migreg.contract.InvalidFieldException;
import org.migreg.dashboard.ChangedThing;
import org.migreg.dashboard.Done;
import org.migreg.dashboard.tables.ChangeEffect;
import org.migreg.dashboard.tables.Reasons;
import org.migreg.draftstore.DraftClosedException;
import org.migreg.draftstore.DraftExistsException;
import org.migreg.draftstore.DraftName;
import org.migreg.draftstore.DraftStore;
import org.migreg.draftstore.StoredDraft;
import org.migreg.history.ExpectedVersion;
import org.migreg.policy.NoSuchEntryException;
import org.migreg.policy.NoSuchMachineTypeException;
import org.migreg.policy.PolicyTable;
import org.migreg.policy.change.TableEdit;
import org.migreg.policystore.MachineTypeInUseException;
import org.migreg.policystore.PolicyStore;
import org.migreg.question.fleet.ScenarioSettings;
import org.migreg.registry.draft.DraftEffect;
import org.migreg.registry.draft.Drafting;
import org.migreg.registry.draft.NothingToPublishException;
import org.migreg.registry.publication.BrokenExpectationsException;
import org.migreg.registry.publication.ConflictingChangeException;
import org.migreg.revision.StaleVersionException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Drafts: changes that are prepared, looked at, carried over to newer tables, and published. */
@Controller
public class DraftsPage {

    private final DraftStore drafts;
    private final Drafting drafting;
    private final PolicyStore policies;

    DraftsPage(DraftStore drafts, Drafting drafting, PolicyStore policies) {
        this.drafts = drafts;
        this.drafting = drafting;
        this.policies = policies;
    }

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
            HttpServletResponse response,
            Principal principal,
            Model model,
            RedirectAttributes after) {
        try {
            StoredDraft made = drafting.create(
                    new DraftName(name.strip()), description.strip(), null, base -> List.of(), principal.getName());
            after.addAttribute("name", made.name().text());
            return "redirect:/drafts/{name}";
        } catch (IllegalArgumentException | DraftExistsException refused) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            model.addAttribute("refusal", refused.getMessage());
            model.addAttribute("name", name);
            model.addAttribute("description", description);
            return list(model);
        }
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
            HttpServletResponse response,
            Principal principal,
            Model model,
            RedirectAttributes after) {
        return done(
                name,
                () -> {
                    List<TableEdit> edits = drafts.get(name(name)).content().edits();
                    drafting.replace(
                            name(name),
                            ExpectedVersion.of(version),
                            description.strip(),
                            base -> edits,
                            principal.getName());
                    return "The description is changed.";
                },
                response,
                model,
                after);
    }

    @PostMapping("/drafts/{name}/edits/{index}/remove")
    String takeOut(
            @PathVariable String name,
            @PathVariable int index,
            @RequestParam long version,
            HttpServletResponse response,
            Principal principal,
            Model model,
            RedirectAttributes after) {
        return done(
                name,
                () -> {
                    List<TableEdit> edits =
                            new ArrayList<>(drafts.get(name(name)).content().edits());
                    if (index < 0 || index >= edits.size()) {
                        throw new InvalidFieldException("index", index, "the draft has no such edit");
                    }
                    edits.remove(index);
                    drafting.replace(name(name), ExpectedVersion.of(version), null, base -> edits, principal.getName());
                    return "The edit is taken out of the draft.";
                },
                response,
                model,
                after);
    }

    @PostMapping("/drafts/{name}/rebase")
    String rebase(
            @PathVariable String name,
            @RequestParam long version,
            HttpServletResponse response,
            Principal principal,
            Model model,
            RedirectAttributes after) {
        return done(
                name,
                () -> "The draft now rests on revision "
                        + drafting.rebase(name(name), ExpectedVersion.of(version), principal.getName())
                                .content()
                                .baseRevision()
                        + ".",
                response,
                model,
                after);
    }

    @PostMapping("/drafts/{name}/publish")
    String publish(
            @PathVariable String name,
            @RequestParam long version,
            @RequestParam String reason,
            @RequestParam(defaultValue = "") String override,
            HttpServletResponse response,
            Principal principal,
            Model model,
            RedirectAttributes after) {
        model.addAttribute("reason", reason);
        model.addAttribute("override", override);
        String problem = Reasons.problem(reason);
        if (problem != null) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            model.addAttribute("reasonError", problem);
            return show(name, model);
        }
        try {
            Drafting.Publication publication = drafting.publish(
                    name(name),
                    ExpectedVersion.of(version),
                    principal.getName(),
                    reason.strip(),
                    Reasons.override(override));
            Done.add(after, publication.revision(), "The draft " + name + " is published.");
            return "redirect:/tables";
        } catch (BrokenExpectationsException breaking) {
            model.addAttribute("broken", breaking.broken());
        } catch (ConflictingChangeException conflicting) {
            model.addAttribute("conflicts", conflicting.conflicts());
        } catch (NothingToPublishException
                | StaleVersionException
                | DraftClosedException
                | PolicyTable.InvalidTableException refused) {
            model.addAttribute("refusal", refused.getMessage());
        }
        response.setStatus(HttpStatus.CONFLICT.value());
        return show(name, model);
    }

    @GetMapping("/drafts/{name}/discard")
    String confirmDiscarding(@PathVariable String name, Model model) {
        model.addAttribute("draft", drafts.get(name(name)));
        return "drafts/discard";
    }

    @PostMapping("/drafts/{name}/discard")
    String discard(
            @PathVariable String name,
            @RequestParam long version,
            HttpServletResponse response,
            Model model,
            RedirectAttributes after) {
        try {
            drafts.remove(name(name), ExpectedVersion.of(version));
            Done.add(after, (Long) null, "The draft " + name + " is discarded.");
            return "redirect:/drafts";
        } catch (StaleVersionException stale) {
            response.setStatus(HttpStatus.CONFLICT.value());
            model.addAttribute("refusal", stale.getMessage());
            return confirmDiscarding(name, model);
        }
    }

    /** Does it and goes back to the draft, or shows there why it was not done. */
    private String done(
            String name, Supplier<String> work, HttpServletResponse response, Model model, RedirectAttributes after) {
        try {
            String sentence = work.get();
            Done.add(after, (Long) null, sentence);
            after.addAttribute("name", name);
            return "redirect:/drafts/{name}";
        } catch (ConflictingChangeException conflicting) {
            model.addAttribute("conflicts", conflicting.conflicts());
        } catch (StaleVersionException
                | DraftClosedException
                | InvalidFieldException
                | NoSuchEntryException
                | NoSuchMachineTypeException
                | MachineTypeInUseException
                | IllegalArgumentException refused) {
            model.addAttribute("refusal", refused.getMessage());
        }
        response.setStatus(HttpStatus.CONFLICT.value());
        return show(name, model);
    }

    private static DraftName name(String text) {
        return InvalidFieldException.reading("name", text, () -> new DraftName(text));
    }
}
