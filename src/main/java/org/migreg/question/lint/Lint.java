package org.migreg.question.lint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.migreg.hostkernel.KernelRange;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.hostkernel.RangeMatch;
import org.migreg.policy.CompatProperty;
import org.migreg.policy.PolicyEntry;
import org.migreg.policy.PolicyTable;
import org.migreg.question.fleet.CapturedHost;
import org.migreg.question.fleet.HostKind;
import org.migreg.question.fleet.LossAssessment;
import org.migreg.question.fleet.StateLoss;
import org.migreg.question.fleet.StepBudget;
import org.migreg.register.GuestFeature;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterNames;

/**
 * Looks over a table with the captures at hand. Findings are sorted: heaviest first, then by machine
 * type's name, register and entry.
 *
 * <p>Rules about hosts are as good as the captures: without any, only those about entries alone speak.
 */
public final class Lint {

    /** What one look over a table may take, in comparisons of two entries: some seconds. */
    private static final long MOST_COMPARISONS = 2_000_000;

    /** What it takes to find out whether two ranges have kernels in common, in comparisons of two entries. */
    private static final int OF_TWO_RANGES = 400;

    private static final int MOST_FINDINGS = 50_000;

    private final PolicyTable table;
    private final Predicate<RegisterId> concerned;
    private final List<CapturedHost> hosts;
    private final Set<KernelRelease> kernels = new LinkedHashSet<>();
    private final Map<LintRule, LintLevel> levels = new EnumMap<>(LintRule.class);
    private final Map<KernelRange, Set<KernelRelease>> matched = new HashMap<>();
    private final Map<KernelRange, Boolean> possible = new HashMap<>();
    private final Map<Ranges, Optional<String>> sharedBetween = new HashMap<>();
    private final List<LintFinding> findings = new ArrayList<>();
    private final StepBudget comparisons = new StepBudget(MOST_COMPARISONS);
    private @Nullable PolicyEntry firstLeftOut;

    /** Large tables have many entries of few ranges: what two ranges share is found once. */
    private record Ranges(KernelRange a, KernelRange b) {}

    private Lint(
            PolicyTable table,
            List<CapturedHost> hosts,
            Map<LintRule, LintLevel> levels,
            Predicate<RegisterId> concerned) {
        this.table = table;
        this.concerned = concerned;
        this.hosts = List.copyOf(hosts);
        for (CapturedHost host : hosts) {
            KernelRelease kernel = host.kernel();
            if (kernel != null) {
                kernels.add(kernel);
            }
        }
        for (LintRule rule : LintRule.values()) {
            this.levels.put(rule, rule.usualLevel());
        }
        this.levels.putAll(levels);
    }

    /** @param levels those that shall differ from the usual ones */
    public static List<LintFinding> over(PolicyTable table, List<CapturedHost> hosts, Map<LintRule, LintLevel> levels) {
        return new Lint(table, hosts, levels, register -> true).findings();
    }

    /** With the usual levels, only about these registers: entries for others have no part in what is said of one. */
    static List<LintFinding> over(PolicyTable table, List<CapturedHost> hosts, Predicate<RegisterId> concerned) {
        return new Lint(table, hosts, Map.of(), concerned).findings();
    }

    private List<LintFinding> findings() {
        for (PolicyEntry entry : table.allEntries()) {
            if (!concerned.test(entry.register())) {
                continue;
            }
            lookAtReferences(entry);
            lookAtRegister(entry);
            lookAtRange(entry);
            lookAtFeature(entry);
        }
        for (var machineType : table.machineTypes()) {
            lookAtMachineType(machineType.name());
        }
        reportWhatIsLeftOut();
        findings.sort(Comparator.comparing(LintFinding::level)
                .thenComparing(finding -> finding.entries().getFirst().machineType())
                .thenComparing(finding -> finding.entries().getFirst().register())
                .thenComparingLong(finding -> finding.entries().getFirst().id())
                .thenComparing(LintFinding::rule));
        return List.copyOf(findings);
    }

    private void report(LintRule rule, List<PolicyEntry> entries, String sentence, String mend) {
        LintLevel level = Objects.requireNonNull(levels.get(rule), "every rule has a level");
        if (level == LintLevel.OFF) {
            return;
        }
        if (findings.size() < MOST_FINDINGS) {
            findings.add(new LintFinding(rule, level, entries, sentence, mend));
        } else if (firstLeftOut == null) {
            firstLeftOut = entries.getFirst();
        }
    }

    /** Whether there is time left for so many comparisons. */
    private boolean mayCompare(PolicyEntry entry, int steps) {
        boolean may = comparisons.take(steps);
        if (!may && firstLeftOut == null) {
            firstLeftOut = entry;
        }
        return may;
    }

    private void reportWhatIsLeftOut() {
        PolicyEntry entry = firstLeftOut;
        LintLevel level = Objects.requireNonNull(levels.get(LintRule.CUT_SHORT), "every rule has a level");
        if (entry != null && level != LintLevel.OFF) {
            findings.add(new LintFinding(
                    LintRule.CUT_SHORT,
                    level,
                    List.of(entry),
                    "Not everything was looked at: from " + named(entry)
                            + " on there are more entries to compare with one another, or more findings to list, than"
                            + " one look over the tables has room for.",
                    "Make fewer entries of those for one register, or switch rules off that find too much."));
        }
    }

    private static String named(PolicyEntry entry) {
        return "Entry " + entry.id() + " of " + entry.machineType() + " (" + entry.property() + ", "
                + entry.register().name() + ", " + entry.kernels() + ")";
    }

    private void lookAtReferences(PolicyEntry entry) {
        if (entry.references().isEmpty()) {
            report(
                    LintRule.NO_REFERENCE,
                    List.of(entry),
                    named(entry) + " has no reference.",
                    "Add the commit, bug or message that it rests on.");
        }
    }

    private void lookAtRegister(PolicyEntry entry) {
        if (RegisterNames.lookUp(entry.register()) == null) {
            report(
                    LintRule.UNKNOWN_REGISTER,
                    List.of(entry),
                    named(entry) + " is for register " + entry.register() + ", which no table of registers names.",
                    "Check the id for a slip; hosts that list it show it is meant.");
        }
    }

    private void lookAtRange(PolicyEntry entry) {
        if (!possible.computeIfAbsent(entry.kernels(), PossibleKernels::anyIn)) {
            report(
                    LintRule.CAN_NEVER_MATCH,
                    List.of(entry),
                    named(entry) + " can never match: " + PossibleKernels.whyNone(entry.kernels()) + ".",
                    "Correct the range, or the stream it is in.");
        } else if (!kernels.isEmpty() && matching(entry.kernels()).isEmpty()) {
            report(
                    LintRule.MATCHES_NO_KNOWN_KERNEL,
                    List.of(entry),
                    named(entry) + " matches none of the " + kernels.size() + " known kernels.",
                    "Capture a host that it is for, or remove it if there is none any more.");
        }
    }

    /** The known kernels that surely lie in the range. */
    private Set<KernelRelease> matching(KernelRange range) {
        return matched.computeIfAbsent(range, key -> {
            Set<KernelRelease> inside = new LinkedHashSet<>();
            for (KernelRelease kernel : kernels) {
                if (key.match(kernel) instanceof RangeMatch.Matches) {
                    inside.add(kernel);
                }
            }
            return inside;
        });
    }

    private boolean covers(KernelRange range, CapturedHost host) {
        KernelRelease kernel = host.kernel();
        return kernel == null
                ? range.match(null) instanceof RangeMatch.Matches
                : matching(range).contains(kernel);
    }

    private void lookAtFeature(PolicyEntry entry) {
        GuestFeature feature = GuestFeature.of(entry.register());
        if (entry.property() != CompatProperty.HIDDEN_REGS || feature == null) {
            return;
        }
        TreeSet<String> having = new TreeSet<>();
        for (CapturedHost host : hosts) {
            var registers = host.capture().registers();
            if (registers.contains(entry.register())
                    && feature.in(registers) == GuestFeature.Presence.PRESENT
                    && LossAssessment.of(entry.register(), registers).loss() != StateLoss.NONE
                    && covers(entry.kernels(), host)) {
                having.add(host.label());
            }
        }
        if (!having.isEmpty()) {
            report(
                    LintRule.HIDES_WHAT_THE_GUEST_NEEDS,
                    List.of(entry),
                    named(entry) + " hides a register of " + feature.name() + ", which guests have on " + some(having)
                            + ": they lose its state on every move.",
                    "Declare it safe-missing on the hosts that lack it, with a condition under which that is true, or"
                            + " narrow the range to kernels that list it for guests without " + feature.name() + ".");
        }
    }

    private static String some(Set<String> names) {
        List<String> list = List.copyOf(names);
        return list.size() <= 3
                ? String.join(", ", list)
                : list.get(0) + ", " + list.get(1) + " and " + (list.size() - 2) + " more";
    }

    private void lookAtMachineType(String machineType) {
        List<PolicyEntry> ownEntries = table.ownEntries(machineType);
        List<PolicyEntry> chainEntries = table.chainEntries(machineType);
        Map<RegisterId, List<PolicyEntry>> own = byRegister(ownEntries);
        Map<RegisterId, List<PolicyEntry>> inherited =
                byRegister(chainEntries.subList(ownEntries.size(), chainEntries.size()));
        own.forEach((register, entries) -> {
            List<PolicyEntry> above = inherited.getOrDefault(register, List.of());
            lookAtShadows(entries, above);
            lookAtOverlaps(entries);
            lookAtContradictions(entries, above);
            lookAtSides(machineType, register, entries, above);
        });
    }

    private Map<RegisterId, List<PolicyEntry>> byRegister(List<PolicyEntry> entries) {
        Map<RegisterId, List<PolicyEntry>> grouped = new LinkedHashMap<>();
        for (PolicyEntry entry : entries) {
            if (concerned.test(entry.register())) {
                grouped.computeIfAbsent(entry.register(), key -> new ArrayList<>())
                        .add(entry);
            }
        }
        return grouped;
    }

    private void lookAtShadows(List<PolicyEntry> own, List<PolicyEntry> inherited) {
        for (PolicyEntry entry : own) {
            for (PolicyEntry above : inherited) {
                if (!mayCompare(entry, 1)) {
                    return;
                }
                if (above.property() != entry.property()
                        || above.condition() != null && !above.condition().equals(entry.condition())) {
                    continue;
                }
                boolean always = above.kernels().equals(entry.kernels())
                        || above.kernels().equals(KernelRange.any())
                        || above.kernels().constraints().equals("*")
                                && above.kernels()
                                        .kernelStream()
                                        .equals(entry.kernels().kernelStream());
                Set<KernelRelease> mine = matching(entry.kernels());
                boolean onKnown = !mine.isEmpty() && matching(above.kernels()).containsAll(mine);
                if (always || onKnown) {
                    report(
                            LintRule.SHADOWED_BY_INHERITED,
                            List.of(entry, above),
                            named(entry) + " adds nothing: entry " + above.id() + ", inherited from "
                                    + above.machineType() + ", says the same of "
                                    + (always ? "all its hosts." : "every known host that it is for."),
                            "Remove it" + (always ? "." : ", unless it is for kernels that are not captured yet."));
                    break;
                }
            }
        }
    }

    private void lookAtOverlaps(List<PolicyEntry> own) {
        for (int i = 0; i < own.size(); i++) {
            for (int j = i + 1; j < own.size(); j++) {
                PolicyEntry a = own.get(i);
                PolicyEntry b = own.get(j);
                if (comparisons.isUsedUp()) {
                    return;
                }
                String shared = a.property() == b.property() ? shared(a, b) : null;
                if (shared != null) {
                    report(
                            LintRule.OVERLAPPING_RANGES,
                            List.of(a, b),
                            named(a) + " and entry " + b.id() + " (" + b.kernels() + ") both take in " + shared + ".",
                            "Make one entry of them, or let one range end where the other begins.");
                }
            }
        }
    }

    /** What both ranges take in, in words, or null where nothing known or obvious is. */
    private @Nullable String shared(PolicyEntry a, PolicyEntry b) {
        Ranges ranges = new Ranges(a.kernels(), b.kernels());
        if (!mayCompare(a, sharedBetween.containsKey(ranges) ? 1 : OF_TWO_RANGES)) {
            return null;
        }
        return sharedBetween
                .computeIfAbsent(ranges, pair -> Optional.ofNullable(find(pair.a(), pair.b())))
                .orElse(null);
    }

    private @Nullable String find(KernelRange a, KernelRange b) {
        if (a.equals(b)) {
            return "the same hosts";
        }
        if (a.equals(KernelRange.any()) || b.equals(KernelRange.any())) {
            return "every host of the narrower one";
        }
        if (a.kernelStream().equals(b.kernelStream())
                && (a.constraints().equals("*") || b.constraints().equals("*"))) {
            return "every host of the narrower one";
        }
        for (KernelRelease kernel : matching(a)) {
            if (matching(b).contains(kernel)) {
                return "kernel " + kernel;
            }
        }
        return PossibleKernels.inBoth(a, b);
    }

    private void lookAtContradictions(List<PolicyEntry> own, List<PolicyEntry> inherited) {
        List<PolicyEntry> all = new ArrayList<>(own);
        all.addAll(inherited);
        for (int i = 0; i < own.size(); i++) {
            for (int j = i + 1; j < all.size(); j++) {
                PolicyEntry a = own.get(i);
                PolicyEntry b = all.get(j);
                if (comparisons.isUsedUp()) {
                    return;
                }
                String shared = a.property() == b.property() ? null : shared(a, b);
                if (shared != null) {
                    report(
                            LintRule.HIDDEN_AND_SAFE_MISSING,
                            List.of(a, b),
                            named(a) + " and entry " + b.id() + " of " + b.machineType() + " (" + b.property() + ", "
                                    + b.kernels() + ") both take in " + shared + ": hidden and safe-missing at once.",
                            "Hide it where it is exposed, or declare it safe-missing where it is unknown, not both on one"
                                    + " host.");
                }
            }
        }
    }

    /** Moves that fail since the destination hides what the source, exposing it too, still sends. */
    private void lookAtSides(
            String machineType, RegisterId register, List<PolicyEntry> own, List<PolicyEntry> inherited) {
        if (own.stream().noneMatch(entry -> entry.property() == CompatProperty.HIDDEN_REGS)) {
            return;
        }
        List<PolicyEntry> all = new ArrayList<>(own);
        all.addAll(inherited);
        Map<HostKind, List<CapturedHost>> hiding = new LinkedHashMap<>();
        Map<HostKind, List<CapturedHost>> sending = new LinkedHashMap<>();
        for (CapturedHost host : hosts) {
            if (!host.capture().registers().contains(register)) {
                continue;
            }
            boolean hides = inForce(all, CompatProperty.HIDDEN_REGS, host);
            boolean tolerates = inForce(all, CompatProperty.SAFE_MISSING_REGS, host);
            if (!hides) {
                sending.computeIfAbsent(host.kind(), kind -> new ArrayList<>()).add(host);
            } else if (!tolerates) {
                hiding.computeIfAbsent(host.kind(), kind -> new ArrayList<>()).add(host);
            }
        }
        for (PolicyEntry entry : own) {
            if (entry.property() != CompatProperty.HIDDEN_REGS) {
                continue;
            }
            long moves = 0;
            String example = "";
            for (Map.Entry<HostKind, List<CapturedHost>> of : hiding.entrySet()) {
                List<CapturedHost> sources = sending.getOrDefault(of.getKey(), List.of());
                for (CapturedHost destination : of.getValue()) {
                    if (!sources.isEmpty() && covers(entry.kernels(), destination)) {
                        moves += sources.size();
                        example = example.isEmpty() ? sources.getFirst() + " to " + destination : example;
                    }
                }
            }
            if (moves > 0) {
                report(
                        LintRule.HIDDEN_ON_ONE_SIDE,
                        List.of(entry),
                        named(entry)
                                + " hides the register on destinations while sources that expose it still send it, so "
                                + moves + (moves == 1 ? " move fails: " : " moves fail, such as ") + example + " under "
                                + machineType + ".",
                        "Hide it on every kernel that exposes it, or declare it safe-missing where it is hidden.");
            }
        }
    }

    private boolean inForce(List<PolicyEntry> entries, CompatProperty property, CapturedHost host) {
        return entries.stream().anyMatch(entry -> entry.property() == property && covers(entry.kernels(), host));
    }
}
