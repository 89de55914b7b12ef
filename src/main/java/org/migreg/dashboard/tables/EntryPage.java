package org.migreg.dashboard.tables;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.migreg.dashboard.ChangedThing;
import org.migreg.dashboard.DraftEditing;
import org.migreg.dashboard.EntryForm;
import org.migreg.dashboard.SentForm;
import org.migreg.history.ExpectedVersion;
import org.migreg.hostkernel.KernelRange;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.hostkernel.KernelStream;
import org.migreg.hostkernel.RangeMatch;
import org.migreg.policy.EntryContent;
import org.migreg.policy.NoSuchEntryException;
import org.migreg.policy.PolicyEntry;
import org.migreg.policy.PolicyTable;
import org.migreg.policy.TableRevision;
import org.migreg.policy.change.TableDifference.EntryChange;
import org.migreg.policy.change.TableEdit;
import org.migreg.policystore.Applied;
import org.migreg.policystore.PolicyStore;
import org.migreg.policystore.TablePreview;
import org.migreg.register.RegisterId;
import org.migreg.registry.publication.TablePublication;
import org.migreg.revision.RevisionLog;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** One entry: written in a form, with what is wrong with it and what it would do beside the form. */
@Controller
public record EntryPage(
        PolicyStore store,
        RevisionLog log,
        ChangeCheck check,
        TablePublication publication,
        DraftEditing draftEditing) {

    private static final long NEW = 0;

    @GetMapping("/tables/{machineType}/entries/new")
    String compose(@PathVariable String machineType, HttpServletRequest request, Model model) {
        return form(machineType, NEW, EntryForm.of(request), request, model);
    }

    @GetMapping("/tables/{machineType}/entries/{id}")
    String edit(@PathVariable String machineType, @PathVariable long id, HttpServletRequest request, Model model) {
        TableRevision tables = store.current();
        PolicyEntry entry = entry(machineType, id, tables);
        EntryForm form = EntryForm.isIn(request) ? EntryForm.of(request) : EntryForm.of(entry.content());
        return form(
                machineType,
                id,
                form.version() == null ? form.withVersion(tables.versionOfEntry(id)) : form,
                request,
                model);
    }

    /** Asked with each change of the form: answers what stands beside it, or without scripts the whole page. */
    @PostMapping("/tables/preview")
    String preview(
            @RequestParam String machineType,
            @RequestParam(defaultValue = "0") long id,
            HttpServletRequest request,
            Model model) {
        EntryForm form = EntryForm.of(request);
        if (request.getHeader("HX-Request") == null) {
            return form(machineType, id, form, request, model);
        }
        model.addAttribute("preview", previewOf(machineType, id, form));
        model.addAttribute("fields", EntryForm.FIELDS);
        return "tables/preview :: answer";
    }

    @PostMapping({"/tables/{machineType}/entries/new", "/tables/{machineType}/entries/{id}"})
    String save(
            @PathVariable String machineType,
            @PathVariable(required = false) @Nullable Long id,
            SentForm sent,
            Model model) {
        long entryId = id == null ? NEW : id;
        EntryForm form = EntryForm.of(sent.request());
        EntryContent entry = read(form, machineType, sent);
        boolean saysWhy = sent.saysWhy();
        if (entry == null || !saysWhy) {
            return form(machineType, entryId, form, sent.request(), model);
        }
        try {
            return sent.attempt(
                    HttpStatus.CONFLICT,
                    () -> {
                        Applied applied =
                                sent.publish(publication, edit(entryId, entry).expecting(expected(entryId, form)));
                        long saved = entryId == NEW ? applied.newEntryIds().getFirst() : entryId;
                        return sent.done(
                                applied.changed()
                                        ? "Entry " + saved + (entryId == NEW ? " is added." : " is changed.")
                                        : "The tables say so already: nothing was changed.",
                                applied.revisionMade(),
                                "/tables/{machineType}#entry-{id}",
                                machineType,
                                saved);
                    },
                    stale -> {
                        EntryContent theirs =
                                entry(machineType, entryId, store.current()).content();
                        model.addAttribute("theirsBy", log.get(stale.actual()));
                        model.addAttribute("theirs", ChangedThing.of(new EntryChange(entryId, theirs, entry)));
                        return form(machineType, entryId, form.withVersion(stale.actual()), sent.request(), model);
                    },
                    () -> form(machineType, entryId, form, sent.request(), model));
        } catch (NoSuchEntryException deleted) {
            sent.refuse(HttpStatus.CONFLICT, "gone", true);
            return form(machineType, NEW, form, sent.request(), model);
        }
    }

    /** What the form says; null where that is no entry, which the page then shows. */
    private static @Nullable EntryContent read(EntryForm form, String machineType, SentForm sent) {
        EntryForm.Reading reading = form.read(machineType);
        if (reading.entry() == null) {
            sent.refuse(HttpStatus.UNPROCESSABLE_CONTENT, "errors", reading.errors());
        }
        return reading.entry();
    }

    @PostMapping({"/tables/{machineType}/entries/new/draft", "/tables/{machineType}/entries/{id}/draft"})
    String saveIntoDraft(
            @PathVariable String machineType,
            @PathVariable(required = false) @Nullable Long id,
            SentForm sent,
            Model model) {
        long entryId = id == null ? NEW : id;
        EntryForm form = EntryForm.of(sent.request());
        EntryContent entry = read(form, machineType, sent);
        String draft = entry == null ? null : draftEditing.put(edit(entryId, entry), sent);
        return draft == null ? form(machineType, entryId, form, sent.request(), model) : draft;
    }

    @GetMapping("/tables/{machineType}/entries/{id}/delete")
    String confirmDeletion(@PathVariable String machineType, @PathVariable long id, Model model) {
        TableRevision tables = store.current();
        model.addAttribute("entry", EntryRow.of(entry(machineType, id, tables)));
        model.addAttribute("drafts", draftEditing.offered());
        model.addAttribute("machineType", machineType);
        model.addAttribute("version", tables.versionOfEntry(id));
        PolicyTable after =
                store.preview(new TableEdit.DeleteEntry(machineType, id)).after();
        model.addAttribute("effect", check.effect(tables, after, List.of(machineType)));
        return "tables/delete-entry";
    }

    @PostMapping("/tables/{machineType}/entries/{id}/delete")
    String delete(
            @PathVariable String machineType,
            @PathVariable long id,
            @RequestParam long version,
            SentForm sent,
            Model model) {
        if (!sent.saysWhy()) {
            return confirmDeletion(machineType, id, model);
        }
        return sent.attempt(
                HttpStatus.CONFLICT,
                () -> {
                    Applied applied =
                            sent.publish(publication, new TableEdit.DeleteEntry(machineType, id).expecting(version));
                    return sent.done(
                            "Entry " + id + " is deleted.",
                            applied.revisionMade(),
                            "/tables/{machineType}",
                            machineType);
                },
                stale -> {
                    model.addAttribute("staleBy", log.get(stale.actual()));
                    return confirmDeletion(machineType, id, model);
                },
                () -> confirmDeletion(machineType, id, model));
    }

    @PostMapping("/tables/{machineType}/entries/{id}/delete/draft")
    String draftDeletion(@PathVariable String machineType, @PathVariable long id, SentForm sent, Model model) {
        String draft = draftEditing.put(new TableEdit.DeleteEntry(machineType, id), sent);
        return draft == null ? confirmDeletion(machineType, id, model) : draft;
    }

    private String form(String machineType, long id, EntryForm form, HttpServletRequest request, Model model) {
        TableRevision tables = store.current();
        String onlyInDraft = draftThatMakes(machineType, request.getParameter("draft"), tables);
        if (onlyInDraft == null) {
            tables.table().require(machineType);
        }
        model.addAttribute("onlyInDraft", onlyInDraft);
        model.addAttribute("machineType", machineType);
        model.addAttribute("id", id);
        model.addAttribute("heading", id == NEW ? "New entry of " + machineType : "Entry " + id + " of " + machineType);
        model.addAttribute("address", "/tables/" + machineType + "/entries/" + (id == NEW ? "new" : id));
        model.addAttribute("form", form);
        model.addAttribute("fields", EntryForm.FIELDS);
        if (!model.containsAttribute("errors")) {
            model.addAttribute("errors", Map.of());
        }
        model.addAttribute("preview", previewOf(machineType, id, form));
        model.addAttribute("drafts", draftEditing.offered());
        model.addAttribute("kernelStreams", kernelStreams());
        model.addAttribute("registers", registers());
        return "tables/entry";
    }

    private EntryPreview previewOf(String machineType, long id, EntryForm form) {
        EntryForm.Reading reading = form.read(machineType);
        EntryContent entry = reading.entry();
        TableRevision tables = store.current();
        Set<String> machineTypes = ChangeCheck.withHeirs(machineType, tables.table());
        Map<String, String> errors = new LinkedHashMap<>(reading.errors());
        List<String> missing = new ArrayList<>();
        for (String field : EntryForm.FIELDS) {
            if (errors.containsKey(field) && form.text(field).isEmpty()) {
                errors.remove(field);
                missing.add(field);
            }
        }
        if (entry == null) {
            return new EntryPreview(
                    null, errors, missing, null, false, machineTypes, EntryPreview.KernelsHit.NOTHING, null);
        }
        EntryPreview.KernelsHit kernels = hit(entry.kernels());
        if (tables.table().machineType(machineType) == null) {
            return new EntryPreview(entry, errors, missing, null, false, machineTypes, kernels, null);
        }
        try {
            TablePreview preview = store.preview(edit(id, entry));
            return new EntryPreview(
                    entry,
                    errors,
                    missing,
                    null,
                    !preview.changesAnything(),
                    machineTypes,
                    kernels,
                    check.effect(tables, preview.after(), List.of(machineType)));
        } catch (NoSuchEntryException | IllegalArgumentException refused) {
            return new EntryPreview(entry, errors, missing, refused.getMessage(), false, machineTypes, kernels, null);
        }
    }

    private static TableEdit edit(long id, EntryContent entry) {
        return id == NEW ? new TableEdit.AddEntry(entry) : new TableEdit.ReplaceEntry(id, entry);
    }

    private static ExpectedVersion expected(long id, EntryForm form) {
        Long version = form.version();
        return id == NEW || version == null ? ExpectedVersion.any() : ExpectedVersion.of(version);
    }

    private EntryPreview.KernelsHit hit(KernelRange range) {
        List<String> in = new ArrayList<>();
        List<String> out = new ArrayList<>();
        List<String> undecided = new ArrayList<>();
        for (KernelRelease kernel : check.knownKernels()) {
            switch (range.match(kernel)) {
                case RangeMatch.Matches _ -> in.add(kernel.text());
                case RangeMatch.DoesNotMatch _ -> out.add(kernel.text());
                case RangeMatch.Undecided _ -> undecided.add(kernel.text());
            }
        }
        return new EntryPreview.KernelsHit(in, out, undecided);
    }

    private Set<String> kernelStreams() {
        Set<String> all = new LinkedHashSet<>();
        check.knownKernels().forEach(kernel -> all.add(kernel.kernelStream().id()));
        all.add(KernelStream.UPSTREAM.id());
        for (int release = 8; release <= 10; release++) {
            all.add(KernelStream.enterpriseLinux(release).id());
        }
        all.add(KernelStream.FEDORA.id());
        all.add(KernelStream.DEBIAN.id());
        all.add(KernelStream.UBUNTU.id());
        all.add(KernelStream.SUSE.id());
        all.add(KernelStream.OPENEULER.id());
        all.add(KernelStream.amazonLinux(2023).id());
        all.add(KernelStream.ANY.id());
        return all;
    }

    /** Those that some known host lists: others can be typed, too. */
    private Set<RegisterId> registers() {
        Set<RegisterId> all = new TreeSet<>();
        check.knownHosts()
                .hosts()
                .forEach(host -> all.addAll(host.capture().registers().ids()));
        return all;
    }

    private static PolicyEntry entry(String machineType, long id, TableRevision tables) {
        tables.table().require(machineType);
        PolicyEntry entry = tables.table().entry(machineType, id);
        if (entry == null) {
            throw new NoSuchEntryException(machineType, id);
        }
        return entry;
    }

    /** The draft, if the machine type is one that it makes; null for the tables' own. */
    private @Nullable String draftThatMakes(String machineType, @Nullable String draft, TableRevision tables) {
        if (tables.table().machineType(machineType) != null) {
            return null;
        }
        PolicyTable proposed = draftEditing.tablesWith(draft);
        return proposed != null && proposed.machineType(machineType) != null ? draft : null;
    }
}
