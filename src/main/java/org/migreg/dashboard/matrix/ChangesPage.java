package org.migreg.dashboard.matrix;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.CaptureId;
import org.migreg.capturestore.CaptureStore;
import org.migreg.check.KernelPairMatrix;
import org.migreg.check.fleet.FleetHost;
import org.migreg.check.fleet.KnownHosts;
import org.migreg.check.fleet.ScenarioSettings;
import org.migreg.check.impact.Impact;
import org.migreg.check.impact.ImpactAnalysis;
import org.migreg.check.impact.PairChange;
import org.migreg.contract.InvalidFieldException;
import org.migreg.policystore.NoSuchMachineTypeException;
import org.migreg.policystore.PolicyStore;
import org.migreg.policystore.TableRevision;
import org.migreg.qemu.MachineType;
import org.migreg.register.RegisterId;
import org.migreg.revision.Revision;
import org.migreg.revision.RevisionKind;
import org.migreg.revision.RevisionLog;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** How the matrix changed from one revision of the tables to another. */
@Controller
public class ChangesPage {

    private static final int MOST_REVISIONS = 200;
    private static final int MOST_LISTED = 100;

    private final PolicyStore policies;
    private final CaptureStore captures;
    private final RevisionLog log;
    private final KernelPairMatrix matrix;

    ChangesPage(PolicyStore policies, CaptureStore captures, RevisionLog log, KernelPairMatrix matrix) {
        this.policies = policies;
        this.captures = captures;
        this.log = log;
        this.matrix = matrix;
    }

    /** A move whose verdict is another one. */
    public record ChangedMove(
            String machineType,
            String source,
            String destination,
            Sign before,
            Sign after,
            PairChange.Kind kind,
            List<RegisterId> registers,
            String address) {
        public ChangedMove {
            registers = List.copyOf(registers);
        }
    }

    @GetMapping("/changes")
    String show(
            @ModelAttribute MatrixQuery query,
            @RequestParam(required = false) @Nullable Long before,
            @RequestParam(required = false) @Nullable Long after,
            Model model) {
        List<Revision> revisions = log.listBefore(Long.MAX_VALUE, MOST_REVISIONS).stream()
                .filter(revision -> revision.kind() == RevisionKind.TABLES)
                .toList();
        model.addAttribute("query", query);
        model.addAttribute("revisions", revisions);
        if (revisions.isEmpty()) {
            return "changes";
        }
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
        TableRevision old = policies.at(from);
        TableRevision now = policies.at(to);
        List<String> machineTypes =
                now.table().machineTypes().stream().map(MachineType::name).toList();
        String machineType = query.machineType();
        if (machineType != null && !machineTypes.contains(machineType)) {
            throw new NoSuchMachineTypeException(machineType);
        }
        KnownHosts known = KnownHosts.of(captures.current());
        ScenarioSettings settings = new ScenarioSettings("", query.behaviour(), query.sourceXMigProperties(), null);
        Impact impact = machineType == null
                ? ImpactAnalysis.of(old.table(), now.table(), known.hosts(), settings)
                : ImpactAnalysis.of(old.table(), now.table(), known.hosts(), settings, List.of(machineType));
        List<ChangedMove> moves = moves(impact, known, query, to);
        model.addAttribute("from", from);
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
        model.addAttribute("moves", moves.stream().limit(MOST_LISTED).toList());
        model.addAttribute("notListed", Math.max(0, moves.size() - MOST_LISTED));
        if (machineType != null && !moves.isEmpty()) {
            addGrid(model, query, machineType, to, moves, impact, known);
        }
        return "changes";
    }

    /** The matrix of the hosts that most of the changes are about, with both verdicts where they differ. */
    private void addGrid(
            Model model,
            MatrixQuery query,
            String machineType,
            long to,
            List<ChangedMove> moves,
            Impact impact,
            KnownHosts known) {
        Map<KernelPairMatrix.Group, Integer> changesByGroup = new HashMap<>();
        Map<List<CaptureId>, Sign> before = new HashMap<>();
        for (PairChange change : impact.machineTypes().getFirst().changes()) {
            FleetHost source = change.pair().source();
            changesByGroup.merge(
                    new KernelPairMatrix.Group(
                            source.capture().cpuModel(),
                            source.capture().accelerator(),
                            source.capture().vcpuFeatureSet()),
                    1,
                    Integer::sum);
            before.put(
                    List.of(
                            known.captureOf(source),
                            known.captureOf(change.pair().destination())),
                    Sign.of(change.before()));
        }
        KernelPairMatrix.Group group = changesByGroup.entrySet().stream()
                .filter(entry -> query.takes(entry.getKey()))
                .max(Comparator.comparingInt(Map.Entry::getValue))
                .map(Map.Entry::getKey)
                .orElse(null);
        if (group == null) {
            return;
        }
        MatrixQuery ofRevision = new MatrixQuery(
                machineType, null, null, null, query.loadBehaviour(), query.source(), to, null, null, query.zoom());
        MatrixGrid grid = MatrixGrid.of(
                matrix.of(ofRevision.toRequest(machineType, group)).cells().stream()
                        .filter(cell -> cell.group().equals(group))
                        .toList(),
                KernelFilter.parse(query.kernels()));
        model.addAttribute("group", group);
        model.addAttribute("grid", grid);
        model.addAttribute("markup", MatrixMarkup.ofChanges(grid, before));
        model.addAttribute("signs", Sign.values());
        model.addAttribute("listed", moves.size());
    }

    private static List<ChangedMove> moves(Impact impact, KnownHosts known, MatrixQuery query, long to) {
        List<ChangedMove> moves = new ArrayList<>();
        for (var ofMachineType : impact.machineTypes()) {
            for (PairChange change : ofMachineType.changes()) {
                Map<String, Object> parameters = new LinkedHashMap<>();
                parameters.put("machineType", ofMachineType.machineType());
                for (String name : List.of("loadBehaviour", "source")) {
                    Object value = query.parameters().get(name);
                    if (value != null) {
                        parameters.put(name, value);
                    }
                }
                parameters.put("revision", to);
                parameters.put("from", digits(known.captureOf(change.pair().source())));
                parameters.put("to", digits(known.captureOf(change.pair().destination())));
                moves.add(new ChangedMove(
                        ofMachineType.machineType(),
                        change.pair().source().label(),
                        change.pair().destination().label(),
                        Sign.of(change.before()),
                        Sign.of(change.after()),
                        change.kind(),
                        change.decidingRegisters(),
                        MatrixQuery.withParameters("/matrix/cell", parameters)));
            }
        }
        moves.sort(Comparator.comparing(ChangedMove::kind));
        return moves;
    }

    private static String digits(CaptureId id) {
        String text = Objects.requireNonNull(id).text();
        return text.substring("sha256:".length(), "sha256:".length() + 12);
    }
}
