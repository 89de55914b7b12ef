package org.migreg.evaluation;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** One sentence that tells a person what an evaluation found. */
record Summary(Verdict verdict, Basis basis, Counts counts, List<Finding> findings) {

    private static final int MOST_NAMES = 4;

    String text() {
        String decided = basis == Basis.LISTS ? " This rests only on the register lists: no values were given." : "";
        return switch (verdict) {
            case COMPATIBLE ->
                "The guest can migrate: both sides agree on all " + counts.common() + " registers." + decided;
            case COMPATIBLE_WITH_WARNINGS -> "The guest can migrate" + loads() + "." + decided;
            case UNSAFE ->
                "QEMU would load the guest, yet silently lose the state of "
                        + names(Severity.UNSAFE, Set.of(FindingKind.EXTRA_DROPPED, FindingKind.CONDITION_NOT_MET))
                        + ", which no policy declares safe." + decided;
            case INCOMPATIBLE -> "The migration would fail: " + failure() + decided;
            case UNKNOWN -> "It is not known whether the guest can migrate: " + unknown();
        };
    }

    private String loads() {
        StringBuilder text = new StringBuilder();
        if (counts.tolerated() > 0) {
            text.append(", losing the state of ")
                    .append(names(Severity.WARNING, Set.of(FindingKind.EXTRA_TOLERATED)))
                    .append(", which is tolerated");
        }
        if (counts.absent() > 0) {
            text.append(text.isEmpty() ? ", with " : "; ")
                    .append(names(Severity.WARNING, Set.of(FindingKind.ABSENT)))
                    .append(" at reset values on the destination");
        }
        long values = findings.stream()
                .filter(f -> f.severity() == Severity.WARNING && f.kind() == FindingKind.VALUE_CHANGED)
                .count();
        if (values > 0) {
            text.append(text.isEmpty() ? ", though " : "; ")
                    .append(values)
                    .append(values == 1 ? " value deserves" : " values deserve")
                    .append(" a look");
        }
        Set<FindingKind> ofEntries =
                Set.of(FindingKind.ENTRY_UNDECIDED, FindingKind.CONDITION_UNDECIDED, FindingKind.EXTRA_UNDECIDED);
        String open = names(Severity.WARNING, ofEntries);
        if (!open.isEmpty()) {
            text.append(text.isEmpty() ? ", though " : "; ")
                    .append("what the tables do to ")
                    .append(open)
                    .append(" is unknown");
        }
        return text.toString();
    }

    private String failure() {
        StringBuilder text = new StringBuilder();
        boolean length = findings.stream().anyMatch(f -> f.kind() == FindingKind.LENGTH_EXCEEDED);
        if (length) {
            text.append("the incoming list of ")
                    .append(counts.outgoing())
                    .append(" registers is longer than the destination accepts");
            if (counts.fatal() > 0) {
                text.append("; unknown there: ").append(names(Severity.BLOCKING, Set.of(FindingKind.EXTRA_FATAL)));
            }
        } else if (counts.fatal() > 0) {
            text.append("the destination does not know ")
                    .append(names(Severity.BLOCKING, Set.of(FindingKind.EXTRA_FATAL)));
        }
        if (counts.valuesRefused() > 0) {
            text.append(text.isEmpty() ? "" : "; and ")
                    .append("it refuses the value of ")
                    .append(names(Severity.BLOCKING, Set.of(FindingKind.VALUE_REFUSED)))
                    .append(", which no list policy cures");
        }
        if (text.isEmpty()) {
            text.append("the destination refuses the incoming list");
        }
        return text.append('.').toString();
    }

    private String unknown() {
        // Each undecided extra register has a finding that says what is missing; those are told here.
        List<Finding> open = findings.stream()
                .filter(f -> f.severity() == Severity.UNKNOWN && f.kind() != FindingKind.EXTRA_UNDECIDED)
                .toList();
        if (open.isEmpty()) {
            return "what is missing stands in the findings.";
        }
        String first = open.getFirst().sentence();
        return open.size() == 1 ? first : first + " (and " + (open.size() - 1) + " more)";
    }

    private String names(Severity severity, Set<FindingKind> kinds) {
        List<String> names = findings.stream()
                .filter(f -> f.severity() == severity && kinds.contains(f.kind()) && f.register() != null)
                .map(f -> f.register() == null ? "" : f.register().name())
                .distinct()
                .toList();
        if (names.size() <= MOST_NAMES) {
            return String.join(", ", names);
        }
        return names.size() + " registers ("
                + names.stream().limit(MOST_NAMES - 1).collect(Collectors.joining(", ")) + ", ...)";
    }
}
