package org.migreg.dashboard.tables;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.InvalidFieldException;
import org.migreg.dashboard.DraftEditing;
import org.migreg.dashboard.SentForm;
import org.migreg.history.ExpectedVersion;
import org.migreg.policy.PolicyTable;
import org.migreg.policy.TableRevision;
import org.migreg.policy.change.TableEdit;
import org.migreg.policystore.Applied;
import org.migreg.policystore.PolicyStore;
import org.migreg.qemu.MachineType;
import org.migreg.question.lint.LintFinding;
import org.migreg.question.lint.LintLevel;
import org.migreg.registry.publication.TablePublication;
import org.migreg.revision.RevisionLog;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** All machine types, and the forms that make, change and delete one. */
@Controller
public record TablesPage(
        PolicyStore store,
        RevisionLog log,
        ChangeCheck check,
        TablePublication publication,
        DraftEditing draftEditing) {

    /**
     * One machine type of the list.
     *
     * @param ancestors those that it inherits from, the nearest first
     * @param findings how many entries of its own are doubtful, by level: errors, warnings, remarks
     */
    public record Row(MachineType machineType, List<String> ancestors, int own, int inherited, List<Long> findings) {}

    @GetMapping("/tables")
    String show(
            @RequestParam(required = false) @Nullable Long revision,
            @ModelAttribute("form") MachineTypeForm form,
            Model model) {
        return list(revision, model);
    }

    @PostMapping("/tables")
    String create(@ModelAttribute("form") MachineTypeForm form, SentForm sent, Model model) {
        boolean saysWhy = sent.saysWhy();
        return sent.attempt(
                HttpStatus.UNPROCESSABLE_CONTENT,
                () -> {
                    MachineType machineType = form.toDomain();
                    if (!saysWhy) {
                        return list(null, model);
                    }
                    Applied applied = sent.publish(
                            publication, new TableEdit.PutMachineType(machineType).expecting(ExpectedVersion.absent()));
                    return done(sent, applied, "Machine type " + machineType.name() + " is made.", machineType.name());
                },
                () -> list(null, model));
    }

    private static String done(SentForm sent, Applied applied, String sentence, String machineType) {
        return sent.done(sentence, applied.revisionMade(), "/tables/{machineType}", machineType);
    }

    @PostMapping("/tables/draft")
    String draftNew(@ModelAttribute("form") MachineTypeForm form, SentForm sent, Model model) {
        String draft = putIntoDraft(form, sent);
        return draft == null ? list(null, model) : draft;
    }

    @PostMapping("/tables/{machineType}/edit/draft")
    String draftChange(
            @PathVariable String machineType,
            @ModelAttribute("form") MachineTypeForm given,
            SentForm sent,
            Model model) {
        MachineTypeForm form = given.named(machineType);
        model.addAttribute("form", form);
        String draft = putIntoDraft(form, sent);
        return draft == null ? change(machineType, model) : draft;
    }

    private @Nullable String putIntoDraft(MachineTypeForm form, SentForm sent) {
        try {
            return draftEditing.put(new TableEdit.PutMachineType(form.toDomain()), sent);
        } catch (InvalidFieldException refused) {
            sent.refuse(HttpStatus.UNPROCESSABLE_CONTENT, "draftError", refused.getMessage());
            return null;
        }
    }

    @PostMapping("/tables/{machineType}/delete/draft")
    String draftDeletion(@PathVariable String machineType, SentForm sent, Model model) {
        String draft = draftEditing.put(new TableEdit.DeleteMachineType(machineType), sent);
        return draft == null ? confirmDeletion(machineType, model) : draft;
    }

    private String list(@Nullable Long revision, Model model) {
        TableRevision tables = store.currentOr(revision);
        PolicyTable table = tables.table();
        List<LintFinding> findings = check.lint(tables);
        List<Row> rows = new ArrayList<>();
        for (MachineType machineType : table.machineTypes()) {
            String name = machineType.name();
            List<String> chain = table.inheritanceChain(name);
            List<String> ancestors = chain.subList(1, chain.size());
            rows.add(new Row(
                    machineType,
                    ancestors,
                    table.ownEntries(name).size(),
                    ancestors.stream()
                            .mapToInt(ancestor -> table.ownEntries(ancestor).size())
                            .sum(),
                    List.of(
                            count(findings, LintLevel.ERROR, name),
                            count(findings, LintLevel.WARNING, name),
                            count(findings, LintLevel.INFO, name))));
        }
        model.addAttribute("rows", rows.reversed());
        model.addAttribute("drafts", draftEditing.offered());
        model.addAttribute("revision", revision);
        model.addAttribute("number", tables.number());
        model.addAttribute("entries", table.allEntries().size());
        return "tables/list";
    }

    private static long count(List<LintFinding> findings, LintLevel level, String machineType) {
        return findings.stream()
                .filter(finding -> finding.level() == level
                        && finding.entries().getFirst().machineType().equals(machineType))
                .count();
    }

    /** The machine type as it is, or as the address says: so that the effect is shown while somebody chooses. */
    @GetMapping("/tables/{machineType}/edit")
    String edit(
            @PathVariable String machineType,
            @ModelAttribute("form") MachineTypeForm given,
            HttpServletRequest request,
            Model model) {
        TableRevision tables = store.current();
        long version = tables.versionOf(machineType);
        MachineType there = tables.table().machineType(machineType);
        if (request.getParameter("inheritsFrom") != null) {
            model.addAttribute("form", given.named(machineType).withVersion(version));
        } else if (there != null) {
            model.addAttribute("form", MachineTypeForm.of(there, version));
        }
        return change(machineType, model);
    }

    private String change(String machineType, Model model) {
        TableRevision tables = store.current();
        PolicyTable table = tables.table();
        model.addAttribute("machineType", machineType);
        model.addAttribute("drafts", draftEditing.offered());
        if (model.getAttribute("form") instanceof MachineTypeForm form && table.machineType(machineType) != null) {
            try {
                PolicyTable after = store.preview(new TableEdit.PutMachineType(form.toDomain()))
                        .after();
                model.addAttribute("effect", check.effect(tables, after, List.of(machineType)));
            } catch (InvalidFieldException | PolicyTable.InvalidTableException refused) {
                model.addAttribute("effectRefusal", refused.getMessage());
            }
        }
        model.addAttribute(
                "parents",
                table.machineTypes().stream()
                        .map(MachineType::name)
                        .filter(name ->
                                !ChangeCheck.withHeirs(machineType, table).contains(name))
                        .toList()
                        .reversed());
        return "tables/edit-machine-type";
    }

    @PostMapping("/tables/{machineType}/edit")
    String replace(
            @PathVariable String machineType,
            @ModelAttribute("form") MachineTypeForm given,
            SentForm sent,
            Model model) {
        MachineTypeForm form = given.named(machineType);
        model.addAttribute("form", form);
        boolean saysWhy = sent.saysWhy();
        return sent.attempt(
                HttpStatus.UNPROCESSABLE_CONTENT,
                () -> {
                    MachineType wanted = form.toDomain();
                    long version = InvalidFieldException.required("version", form.version(), "the form's version");
                    if (!saysWhy) {
                        return change(machineType, model);
                    }
                    Applied applied =
                            sent.publish(publication, new TableEdit.PutMachineType(wanted).expecting(version));
                    return done(
                            sent,
                            applied,
                            applied.changed()
                                    ? "Machine type " + machineType + " is changed."
                                    : "The tables say so already: nothing was changed.",
                            machineType);
                },
                stale -> {
                    model.addAttribute("staleBy", log.get(stale.actual()));
                    model.addAttribute("theirs", store.current().table().machineType(machineType));
                    model.addAttribute("form", form.withVersion(stale.actual()));
                    return change(machineType, model);
                },
                () -> change(machineType, model));
    }

    @GetMapping("/tables/{machineType}/delete")
    String confirmDeletion(@PathVariable String machineType, Model model) {
        TableRevision tables = store.current();
        model.addAttribute("version", tables.versionOf(machineType));
        model.addAttribute("machineType", machineType);
        model.addAttribute("own", tables.table().ownEntries(machineType).size());
        model.addAttribute("drafts", draftEditing.offered());
        List<String> heirs = tables.table().heirs(machineType);
        model.addAttribute("heirs", heirs);
        if (heirs.isEmpty()) {
            PolicyTable after =
                    store.preview(new TableEdit.DeleteMachineType(machineType)).after();
            model.addAttribute("effect", check.effect(tables, after, List.of(machineType)));
        }
        return "tables/delete-machine-type";
    }

    @PostMapping("/tables/{machineType}/delete")
    String delete(@PathVariable String machineType, @RequestParam long version, SentForm sent, Model model) {
        if (!sent.saysWhy()) {
            return confirmDeletion(machineType, model);
        }
        return sent.attempt(
                HttpStatus.CONFLICT,
                () -> {
                    Applied applied =
                            sent.publish(publication, new TableEdit.DeleteMachineType(machineType).expecting(version));
                    return sent.done("Machine type " + machineType + " is deleted.", applied.revisionMade(), "/tables");
                },
                stale -> {
                    model.addAttribute("staleBy", log.get(stale.actual()));
                    return confirmDeletion(machineType, model);
                },
                () -> confirmDeletion(machineType, model));
    }
}
