package org.migreg.dashboard.tables;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.InvalidFieldException;
import org.migreg.dashboard.Done;
import org.migreg.dashboard.IntoDraft;
import org.migreg.history.ExpectedVersion;
import org.migreg.policy.PolicyTable;
import org.migreg.policy.TableRevision;
import org.migreg.policy.change.TableEdit;
import org.migreg.policystore.Applied;
import org.migreg.policystore.MachineTypeExistsException;
import org.migreg.policystore.MachineTypeInUseException;
import org.migreg.policystore.PolicyStore;
import org.migreg.qemu.MachineType;
import org.migreg.question.lint.LintFinding;
import org.migreg.question.lint.LintLevel;
import org.migreg.registry.publication.BrokenExpectationsException;
import org.migreg.registry.publication.TablePublication;
import org.migreg.revision.RevisionLog;
import org.migreg.revision.StaleVersionException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** All machine types, and the forms that make, change and delete one. */
@Controller
public class TablesPage {

    private final PolicyStore store;
    private final RevisionLog log;
    private final ChangeCheck check;
    private final TablePublication publication;
    private final IntoDraft intoDraft;

    TablesPage(
            PolicyStore store, RevisionLog log, ChangeCheck check, TablePublication publication, IntoDraft intoDraft) {
        this.store = store;
        this.log = log;
        this.check = check;
        this.publication = publication;
        this.intoDraft = intoDraft;
    }

    /**
     * One machine type of the list.
     *
     * @param ancestors those that it inherits from, the nearest first
     * @param findings how many entries of its own are doubtful, by level: errors, warnings, remarks
     */
    public record Row(MachineType machineType, List<String> ancestors, int own, int inherited, List<Long> findings) {
        public Row {
            ancestors = List.copyOf(ancestors);
            findings = List.copyOf(findings);
        }
    }

    @GetMapping("/tables")
    String show(
            @RequestParam(required = false) @Nullable Long revision,
            @ModelAttribute("form") MachineTypeForm form,
            Model model) {
        return list(revision, model);
    }

    @PostMapping("/tables")
    String create(
            @ModelAttribute("form") MachineTypeForm form,
            HttpServletResponse response,
            Principal principal,
            Model model,
            RedirectAttributes after) {
        String reasonError = Reasons.problem(form.reason());
        if (reasonError != null) {
            model.addAttribute("reasonError", reasonError);
        }
        try {
            MachineType machineType = form.toDomain();
            if (reasonError == null) {
                Applied applied = publication.apply(
                        List.of(new TableEdit.PutMachineType(machineType).expecting(ExpectedVersion.absent())),
                        principal.getName(),
                        form.reason().strip(),
                        null);
                Done.add(after, applied, "Machine type " + machineType.name() + " is made.");
                after.addAttribute("machineType", machineType.name());
                return "redirect:/tables/{machineType}";
            }
        } catch (InvalidFieldException | MachineTypeExistsException | PolicyTable.InvalidTableException refused) {
            model.addAttribute("refusal", refused.getMessage());
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return list(null, model);
    }

    @PostMapping("/tables/draft")
    String draftNew(
            @ModelAttribute("form") MachineTypeForm form,
            HttpServletRequest request,
            HttpServletResponse response,
            Principal principal,
            Model model,
            RedirectAttributes after) {
        String draft = putIntoDraft(form, request, response, principal, model, after);
        return draft == null ? list(null, model) : draft;
    }

    @PostMapping("/tables/{machineType}/edit/draft")
    String draftChange(
            @PathVariable String machineType,
            @ModelAttribute("form") MachineTypeForm given,
            HttpServletRequest request,
            HttpServletResponse response,
            Principal principal,
            Model model,
            RedirectAttributes after) {
        MachineTypeForm form = given.named(machineType);
        model.addAttribute("form", form);
        String draft = putIntoDraft(form, request, response, principal, model, after);
        return draft == null ? change(machineType, model) : draft;
    }

    private @Nullable String putIntoDraft(
            MachineTypeForm form,
            HttpServletRequest request,
            HttpServletResponse response,
            Principal principal,
            Model model,
            RedirectAttributes after) {
        try {
            return intoDraft.put(
                    new TableEdit.PutMachineType(form.toDomain()), request, response, principal, model, after);
        } catch (InvalidFieldException refused) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            model.addAttribute("draftError", refused.getMessage());
            return null;
        }
    }

    @PostMapping("/tables/{machineType}/delete/draft")
    String draftDeletion(
            @PathVariable String machineType,
            HttpServletRequest request,
            HttpServletResponse response,
            Principal principal,
            Model model,
            RedirectAttributes after) {
        String draft =
                intoDraft.put(new TableEdit.DeleteMachineType(machineType), request, response, principal, model, after);
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
        model.addAttribute("drafts", intoDraft.offered());
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
        model.addAttribute("drafts", intoDraft.offered());
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
            @RequestParam(defaultValue = "") String override,
            HttpServletResponse response,
            Principal principal,
            Model model,
            RedirectAttributes after) {
        MachineTypeForm form = given.named(machineType);
        model.addAttribute("form", form);
        String reasonError = Reasons.problem(form.reason());
        try {
            MachineType wanted = form.toDomain();
            Long version = form.version();
            if (reasonError != null || version == null) {
                response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
                model.addAttribute("reasonError", reasonError);
                return change(machineType, model);
            }
            Applied applied = publication.apply(
                    List.of(new TableEdit.PutMachineType(wanted).expecting(version)),
                    principal.getName(),
                    form.reason().strip(),
                    Reasons.override(override));
            Done.add(
                    after,
                    applied,
                    applied.changed()
                            ? "Machine type " + machineType + " is changed."
                            : "The tables say so already: nothing was changed.");
            after.addAttribute("machineType", machineType);
            return "redirect:/tables/{machineType}";
        } catch (StaleVersionException stale) {
            response.setStatus(HttpStatus.CONFLICT.value());
            model.addAttribute("staleBy", log.get(stale.actual()));
            model.addAttribute("theirs", store.current().table().machineType(machineType));
            model.addAttribute("form", form.withVersion(stale.actual()));
        } catch (BrokenExpectationsException breaking) {
            response.setStatus(HttpStatus.CONFLICT.value());
            model.addAttribute("broken", breaking.broken());
        } catch (InvalidFieldException | PolicyTable.InvalidTableException refused) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            model.addAttribute("refusal", refused.getMessage());
        }
        return change(machineType, model);
    }

    @GetMapping("/tables/{machineType}/delete")
    String confirmDeletion(@PathVariable String machineType, Model model) {
        TableRevision tables = store.current();
        model.addAttribute("version", tables.versionOf(machineType));
        model.addAttribute("machineType", machineType);
        model.addAttribute("own", tables.table().ownEntries(machineType).size());
        model.addAttribute("drafts", intoDraft.offered());
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
    String delete(
            @PathVariable String machineType,
            @RequestParam long version,
            @RequestParam String reason,
            @RequestParam(defaultValue = "") String override,
            HttpServletResponse response,
            Principal principal,
            Model model,
            RedirectAttributes after) {
        String problem = Reasons.problem(reason);
        if (problem != null) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            model.addAttribute("reasonError", problem);
            return confirmDeletion(machineType, model);
        }
        try {
            Applied applied = publication.apply(
                    List.of(new TableEdit.DeleteMachineType(machineType).expecting(version)),
                    principal.getName(),
                    reason.strip(),
                    Reasons.override(override));
            Done.add(after, applied, "Machine type " + machineType + " is deleted.");
            return "redirect:/tables";
        } catch (StaleVersionException stale) {
            model.addAttribute("staleBy", log.get(stale.actual()));
        } catch (BrokenExpectationsException breaking) {
            model.addAttribute("broken", breaking.broken());
        } catch (MachineTypeInUseException inUse) {
            model.addAttribute("refusal", inUse.getMessage());
        }
        response.setStatus(HttpStatus.CONFLICT.value());
        return confirmDeletion(machineType, model);
    }
}
