package org.migreg.dashboard.tables;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.policy.PolicyTable;
import org.migreg.policy.TableRevision;
import org.migreg.question.fleet.CapturedHost;
import org.migreg.question.fleet.CapturedHosts;
import org.migreg.question.fleet.ScenarioSettings;
import org.migreg.question.impact.ImpactAnalysis;
import org.migreg.question.lint.Lint;
import org.migreg.question.lint.LintChange;
import org.migreg.question.lint.LintFinding;
import org.migreg.registry.CurrentHosts;
import org.springframework.stereotype.Component;

/** Looks over tables, and over what a change makes of them, with every captured host. */
@Component
public class ChangeCheck {

    private static final int REPORTS_KEPT = 8;

    private record ReportKey(long tables, long captures) {}

    private final CurrentHosts knownHosts;
    private final Cache<ReportKey, List<LintFinding>> reports =
            Caffeine.newBuilder().maximumSize(REPORTS_KEPT).build();

    ChangeCheck(CurrentHosts knownHosts) {
        this.knownHosts = knownHosts;
    }

    /** Every captured host. */
    public CapturedHosts knownHosts() {
        return knownHosts.get();
    }

    /** The kernels of captured hosts, in listing order. */
    public Set<KernelRelease> knownKernels() {
        Set<KernelRelease> kernels = new TreeSet<>(KernelRelease.LISTING_ORDER);
        for (CapturedHost host : knownHosts.get().hosts()) {
            KernelRelease kernel = host.kernel();
            if (kernel != null) {
                kernels.add(kernel);
            }
        }
        return kernels;
    }

    /** What is doubtful about these tables. */
    public List<LintFinding> lint(TableRevision tables) {
        CapturedHosts known = knownHosts.get();
        return reports.get(
                new ReportKey(tables.number(), known.revision()),
                key -> Lint.over(tables.table(), known.hosts(), Map.of()));
    }

    /** What becomes of moves and of lint findings when the tables change so; for builds with the properties. */
    public ChangeEffect effect(TableRevision before, PolicyTable after, Collection<String> machineTypes) {
        CapturedHosts known = knownHosts.get();
        Set<String> concerned = new LinkedHashSet<>();
        for (String machineType : machineTypes) {
            addWithHeirs(machineType, before.table(), concerned);
            addWithHeirs(machineType, after, concerned);
        }
        LintChange lint = LintChange.between(before.table(), after, known.hosts());
        return ChangeEffect.of(
                ImpactAnalysis.of(
                        before.table(), after, known.hosts(), ScenarioSettings.withXMigProperties(""), concerned),
                lint.introduced(),
                lint.resolved(),
                known.hosts().size());
    }

    /** The machine type and all that inherit from it, whether directly or not. */
    public static Set<String> withHeirs(String machineType, PolicyTable table) {
        Set<String> all = new LinkedHashSet<>();
        addWithHeirs(machineType, table, all);
        return all;
    }

    private static void addWithHeirs(String machineType, PolicyTable table, Set<String> all) {
        List<String> waiting = new ArrayList<>(List.of(machineType));
        while (!waiting.isEmpty()) {
            String next = waiting.removeLast();
            if (all.add(next)) {
                waiting.addAll(table.heirs(next));
            }
        }
    }
}
