package org.migreg.dashboard.tables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.InvalidFieldException;
import org.migreg.dashboard.Incidental;
import org.migreg.history.Revision;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.policy.CompatProperty;
import org.migreg.policy.EffectivePolicy;
import org.migreg.policy.PolicyEntry;
import org.migreg.policy.PolicyTable;
import org.migreg.policy.PolicyUnion;
import org.migreg.policy.TableRevision;
import org.migreg.policy.exchange.Rendering;
import org.migreg.policystore.PolicyStore;
import org.migreg.qemu.MachineType;
import org.migreg.question.lint.LintFinding;
import org.migreg.register.RegisterId;
import org.migreg.revision.RevisionLog;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** One machine type: its entries, those it inherits, what is doubtful, and what QEMU shall set. */
@Controller
public record MachineTypePage(PolicyStore store, RevisionLog log, ChangeCheck check) {

    /** A page has room for so many entries of its own, and as many inherited ones; a filter finds the rest. */
    private static final int MOST_ENTRIES = 300;

    private static final String ALL_CAPTURED = "captured";
    private static final int MOST_KERNELS = 500;

    /** The entries that a machine type inherits from one other. */
    public record Inherited(String machineType, List<EntryRow> rows) {}

    /** Entries to show, and how many there are. */
    private record Taken(List<PolicyEntry> shown, int all) {}

    /** The rows of entries to show, and how many entries there are. */
    private record Found(List<EntryRow> rows, int all) {}

    /**
     * A register that QEMU shall set.
     *
     * @param state on which of the asked kernels; empty where it is on all, or none was asked for
     * @param decided false for one that rests on a kernel range that cannot be decided
     */
    public record PolicyRow(
            CompatProperty property, RegisterId register, boolean decided, String state, List<PolicyEntry> entries) {}

    @GetMapping("/tables/{machineType}")
    String show(
            @PathVariable String machineType,
            @RequestParam(required = false) @Nullable Long revision,
            @RequestParam(defaultValue = "") String filter,
            @RequestParam(defaultValue = "") String kernels,
            @RequestParam(defaultValue = "C") String form,
            @RequestParam(defaultValue = "merged") String scope,
            Model model) {
        TableRevision tables = store.currentOr(revision);
        PolicyTable table = tables.table();
        MachineType shown = table.require(machineType);
        if (filter.length() > 500) {
            throw new InvalidFieldException("filter", filter, "a filter has at most 500 characters");
        }
        model.addAttribute("machineType", shown);
        model.addAttribute("revision", revision);
        model.addAttribute("number", tables.number());
        model.addAttribute("filter", filter);
        List<String> chain = table.inheritanceChain(machineType);
        model.addAttribute("chain", chain);
        model.addAttribute("heirs", table.heirs(machineType));
        entries(tables, chain, filter.strip(), model);
        policy(table, machineType, kernels.strip(), form, scope, model);
        return "tables/machine-type";
    }

    private void entries(TableRevision tables, List<String> chain, String filter, Model model) {
        List<LintFinding> findings = check.lint(tables).stream()
                .filter(finding -> chain.contains(finding.entries().getFirst().machineType()))
                .toList();
        Map<Long, List<LintFinding>> byEntry = new HashMap<>();
        findings.forEach(
                finding -> byEntry.computeIfAbsent(finding.entries().getFirst().id(), id -> new ArrayList<>())
                        .add(finding));
        Taken ownEntries = taken(tables, List.of(chain.getFirst()), filter);
        Taken inheritedEntries = taken(tables, chain.subList(1, chain.size()), filter);
        Set<Long> versions = Stream.concat(ownEntries.shown().stream(), inheritedEntries.shown().stream())
                .map(entry -> tables.versionOfEntry(entry.id()))
                .collect(Collectors.toSet());
        Map<Long, Revision> revisions =
                versions.isEmpty() ? Map.of() : Incidental.or(Map.of(), () -> log.getAll(versions));
        Found own = rows(tables, ownEntries, revisions, byEntry);
        Found inherited = rows(tables, inheritedEntries, revisions, byEntry);
        model.addAttribute("own", own.rows());
        model.addAttribute("ownCount", own.all());
        List<Inherited> groups = new ArrayList<>();
        for (String ancestor : chain.subList(1, chain.size())) {
            List<EntryRow> rows = inherited.rows().stream()
                    .filter(row -> row.entry().machineType().equals(ancestor))
                    .toList();
            if (!rows.isEmpty()) {
                groups.add(new Inherited(ancestor, rows));
            }
        }
        model.addAttribute("inherited", groups);
        model.addAttribute("inheritedCount", inherited.all());
        model.addAttribute("mostEntries", MOST_ENTRIES);
        model.addAttribute(
                "findings",
                findings.stream()
                        .filter(finding ->
                                finding.entries().getFirst().machineType().equals(chain.getFirst()))
                        .toList());
    }

    private static Taken taken(TableRevision tables, List<String> machineTypes, String filter) {
        List<PolicyEntry> taken = machineTypes.stream()
                .flatMap(name -> tables.table().ownEntries(name).stream())
                .filter(entry -> filter.isEmpty() || EntryRow.of(entry).takes(filter))
                .toList();
        return new Taken(taken.subList(0, Math.min(MOST_ENTRIES, taken.size())), taken.size());
    }

    private static Found rows(
            TableRevision tables, Taken entries, Map<Long, Revision> revisions, Map<Long, List<LintFinding>> findings) {
        return new Found(
                entries.shown().stream()
                        .map(entry -> EntryRow.of(entry, tables.versionOfEntry(entry.id()), revisions, findings))
                        .toList(),
                entries.all());
    }

    private void policy(PolicyTable table, String machineType, String kernels, String form, String scope, Model model) {
        Set<KernelRelease> known = check.knownKernels();
        model.addAttribute("kernels", kernels);
        model.addAttribute(
                "knownKernels",
                known.stream().map(KernelRelease::text).distinct().toList());
        RenderingForm chosen = chosen(form);
        PolicyUnion.Scope whose = switch (scope) {
            case "merged" -> PolicyUnion.Scope.MERGED;
            case "own" -> PolicyUnion.Scope.OWN;
            default -> throw new InvalidFieldException("scope", scope, "scope is merged or own");
        };
        model.addAttribute("form", chosen);
        model.addAttribute("forms", RenderingForm.values());
        model.addAttribute("scope", scope);
        List<KernelRelease> hosts;
        try {
            hosts = hosts(kernels, known);
        } catch (InvalidFieldException unreadable) {
            model.addAttribute("kernelsError", unreadable.getMessage());
            hosts = List.of();
        }
        PolicyUnion union = hosts.isEmpty()
                ? PolicyUnion.ofAllEntries(table, machineType, whose)
                : PolicyUnion.over(table, machineType, whose, hosts);
        model.addAttribute("hosts", hosts);
        model.addAttribute(
                "policy",
                hosts.size() == 1 && whose == PolicyUnion.Scope.MERGED
                        ? rows(EffectivePolicy.of(table, machineType, hosts.getFirst()))
                        : rows(union));
        try {
            Rendering rendering = chosen.render(union);
            model.addAttribute("rendering", rendering);
        } catch (IllegalArgumentException cannotHold) {
            model.addAttribute("cannotHold", cannotHold.getMessage());
        }
    }

    private static RenderingForm chosen(String form) {
        for (RenderingForm one : RenderingForm.values()) {
            if (one.name().equals(form)) {
                return one;
            }
        }
        throw new InvalidFieldException("form", form, "form is one of " + Arrays.toString(RenderingForm.values()));
    }

    private static List<KernelRelease> hosts(String kernels, Set<KernelRelease> known) {
        if (kernels.isEmpty()) {
            return List.of();
        }
        if (kernels.equals(ALL_CAPTURED)) {
            return List.copyOf(known);
        }
        List<KernelRelease> hosts = new ArrayList<>();
        for (String text : kernels.split("[,\\s]+", -1)) {
            if (!text.isEmpty()) {
                hosts.add(InvalidFieldException.reading("kernels", text, () -> KernelRelease.parse(text)));
            }
        }
        if (hosts.size() > MOST_KERNELS) {
            throw new InvalidFieldException("kernels", kernels, "at most " + MOST_KERNELS + " kernels are taken");
        }
        return hosts;
    }

    private static List<PolicyRow> rows(EffectivePolicy policy) {
        List<PolicyRow> rows = new ArrayList<>();
        for (CompatProperty property : CompatProperty.values()) {
            for (EffectivePolicy.Element element : policy.elements(property)) {
                rows.add(new PolicyRow(
                        property,
                        element.register(),
                        element.isDecided(),
                        element.origins().getFirst().match().reason(),
                        element.origins().stream()
                                .map(EffectivePolicy.Origin::entry)
                                .toList()));
            }
        }
        return rows;
    }

    private static List<PolicyRow> rows(PolicyUnion union) {
        List<PolicyRow> rows = new ArrayList<>();
        for (CompatProperty property : CompatProperty.values()) {
            for (PolicyUnion.Element element : union.elements(property)) {
                int all = element.setOn().size()
                        + element.notSetOn().size()
                        + element.undecidedOn().size();
                rows.add(new PolicyRow(
                        property,
                        element.register(),
                        true,
                        all == 0
                                ? ""
                                : "set on " + element.setOn().size() + " of " + all + " kernels"
                                        + (element.undecidedOn().isEmpty()
                                                ? ""
                                                : ", not known of "
                                                        + element.undecidedOn().size()),
                        element.entries()));
            }
        }
        return rows;
    }
}
