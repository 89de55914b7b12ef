package org.migreg.dashboard.matrix;

import static org.migreg.contract.InvalidFieldException.reading;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.CaptureId;
import org.migreg.contract.InvalidFieldException;
import org.migreg.draftstore.DraftName;
import org.migreg.draftstore.DraftStore;
import org.migreg.draftstore.StoredDraft;
import org.migreg.history.Revision;
import org.migreg.history.RevisionKind;
import org.migreg.policy.NoSuchMachineTypeException;
import org.migreg.policy.PolicyTable;
import org.migreg.policy.TableRevision;
import org.migreg.policystore.PolicyStore;
import org.migreg.policystore.TablePreview;
import org.migreg.qemu.MachineType;
import org.migreg.question.fleet.CapturedHost;
import org.migreg.question.fleet.CapturedHosts;
import org.migreg.question.fleet.HostKind;
import org.migreg.question.fleet.ScenarioSettings;
import org.migreg.question.impact.Impact;
import org.migreg.question.impact.ImpactAnalysis;
import org.migreg.question.impact.PairChange;
import org.migreg.register.RegisterId;
import org.migreg.registry.CurrentHosts;
import org.migreg.registry.KernelPairMatrix;
import org.migreg.registry.draft.Drafting;
import org.migreg.revision.RevisionLog;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** How the matrix changed from one revision of the tables to another, and what a draft would change. */
@Controller
public record ChangesPage(
        PolicyStore policies,
        CurrentHosts knownHosts,
        RevisionLog log,
        KernelPairMatrix matrix,
        DraftStore drafts,
        Drafting drafting) {

    private static final int MOST_REVISIONS = 200;
    private static final int MOST_LISTED = 100;

    /** A move whose verdict is another one. */
    public record ChangedMove(
            String machineType,
            String source,
            String destination,
            Sign before,
            Sign after,
            PairChange.Kind kind,
            List<RegisterId> registers,
            String address) {}

    /** Tables before and after; the number of those after is null for a draft. */
    private record Compared(
            TableRevision old, PolicyTable now, @Nullable Long revision) {}

    @GetMapping("/changes")
    String show(
            @ModelAttribute MatrixQuery query,
            @RequestParam(required = false) @Nullable Long before,
            @RequestParam(required = false) @Nullable Long after,
            @RequestParam(required = false) @Nullable String draft,
            Model model) {
        List<Revision> revisions = log.listBefore(RevisionKind.TABLES, Long.MAX_VALUE, MOST_REVISIONS);
        model.addAttribute("query", query);
        model.addAttribute(
                "destinationQemus",
                MatrixQuery.DESTINATION_QEMUS.stream()
                        .filter(qemu -> qemu.behaviour().carriesTables())
                        .toList());
        model.addAttribute("revisions", revisions);
        if (revisions.isEmpty()) {
            return "changes";
        }
        List<String> openDrafts = drafts.all().stream()
                .filter(StoredDraft::isOpen)
                .map(open -> open.name().text())
                .toList();
        model.addAttribute("drafts", openDrafts);
        String chosen = draft == null || draft.isBlank() ? null : draft;
        model.addAttribute("draft", chosen);
        Compared compared = chosen == null ? ofRevisions(revisions, before, after) : ofDraft(chosen);
        TableRevision old = compared.old();
        PolicyTable now = compared.now();
        Long to = compared.revision();
        List<String> machineTypes =
                now.machineTypes().stream().map(MachineType::name).toList();
        String machineType = query.machineType();
        if (machineType != null && !machineTypes.contains(machineType)) {
            throw new NoSuchMachineTypeException(machineType);
        }
        CapturedHosts known = knownHosts.get();
        ScenarioSettings settings = new ScenarioSettings("", query.behaviour(), query.sourceXMigProperties(), null);
        Impact impact = machineType == null
                ? ImpactAnalysis.of(old.table(), now, known.hosts(), settings)
                : ImpactAnalysis.of(old.table(), now, known.hosts(), settings, List.of(machineType));
        List<ChangedMove> moves = moves(impact, known, query, to);
        model.addAttribute("from", old.number());
        model.addAttribute("to", to);
        model.addAttribute("machineTypes", machineTypes);
        model.addAttribute("machineType", machineType);
        Map<PairChange.Kind, Long> counts = new LinkedHashMap<>();
        for (PairChange.Kind kind : PairChange.Kind.values()) {
            counts.put(kind, impact.count(kind));
        }
        model.addAttribute("newlyBlocked", counts.get(PairChange.Kind.NEWLY_BLOCKED));
        model.addAttribute("newlyMigratable", counts.get(PairChange.Kind.NEWLY_MIGRATABLE));
        model.addAttribute("otherVerdict", counts.get(PairChange.Kind.OTHER_VERDICT));
        model.addAttribute("unchanged", impact.unchanged());
        model.addAttribute("notCompared", impact.notCompared());
        model.addAttribute("moves", moves.stream().limit(MOST_LISTED).toList());
        model.addAttribute("notListed", Math.max(0, moves.size() - MOST_LISTED));
        if (machineType != null && !moves.isEmpty()) {
            addGrid(model, query, machineType, old, moves, impact, known);
        }
        return "changes";
    }

    private static Compared compared(TableRevision old, TableRevision now) {
        return new Compared(old, now.table(), now.number());
    }

    private Compared ofRevisions(List<Revision> revisions, @Nullable Long before, @Nullable Long after) {
        long to = after == null ? revisions.getFirst().number() : after;
        long from = before == null
                ? revisions.stream()
                        .map(Revision::number)
                        .filter(number -> number < to)
                        .findFirst()
                        .orElse(0L)
                : before;
        if (from > to) {
            throw new InvalidFieldException("before", from, "'before' must be an earlier revision than 'after', " + to);
        }
        return compared(policies.at(from), policies.at(to));
    }

    private Compared ofDraft(String draft) {
        DraftName name = reading("draft", draft, () -> new DraftName(draft));
        TablePreview preview = drafting.preview(name);
        return new Compared(preview.before(), preview.after(), null);
    }

    /** The matrix of the hosts that most of the changes are about, with both verdicts where they differ. */
    private void addGrid(
            Model model,
            MatrixQuery query,
            String machineType,
            TableRevision old,
            List<ChangedMove> moves,
            Impact impact,
            CapturedHosts known) {
        if (old.table().machineType(machineType) == null) {
            return;
        }
        Map<HostKind, Integer> changesByGroup = new HashMap<>();
        Map<List<CaptureId>, Sign> after = new HashMap<>();
        for (PairChange change : impact.machineTypes().getFirst().changes()) {
            CapturedHost source = change.pair().source();
            changesByGroup.merge(source.kind(), 1, Integer::sum);
            after.put(
                    List.of(
                            known.captureOf(source),
                            known.captureOf(change.pair().destination())),
                    Sign.of(change.after()));
        }
        HostKind group = changesByGroup.entrySet().stream()
                .filter(entry -> query.takes(entry.getKey()))
                .max(Comparator.comparingInt(Map.Entry::getValue))
                .map(Map.Entry::getKey)
                .orElse(null);
        if (group == null) {
            return;
        }
        MatrixQuery ofRevision = query.ofRevision(old.number());
        MatrixGrid grid = MatrixGrid.of(
                matrix.of(ofRevision.toRequest(machineType, group)).cells().stream()
                        .filter(cell -> cell.group().equals(group))
                        .toList(),
                KernelFilter.parse(query.kernels()));
        model.addAttribute("group", group);
        model.addAttribute("grid", grid);
        model.addAttribute("markup", MatrixMarkup.ofChanges(grid, after));
        model.addAttribute("listed", moves.size());
    }

    private static List<ChangedMove> moves(Impact impact, CapturedHosts known, MatrixQuery query, @Nullable Long to) {
        MatrixQuery ofRevision = query.ofRevision(to);
        List<ChangedMove> moves = new ArrayList<>();
        for (Impact.Change changed : impact.changes()) {
            PairChange change = changed.move();
            moves.add(new ChangedMove(
                    changed.machineType(),
                    change.pair().source().label(),
                    change.pair().destination().label(),
                    Sign.of(change.before()),
                    Sign.of(change.after()),
                    change.kind(),
                    change.decidingRegisters(),
                    ofRevision.cellAddress(
                            changed.machineType(),
                            known.captureOf(change.pair().source()),
                            known.captureOf(change.pair().destination()))));
        }
        return moves;
    }
}
