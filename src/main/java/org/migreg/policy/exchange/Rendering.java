package org.migreg.policy.exchange;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.migreg.policy.CompatProperty;
import org.migreg.policy.PolicyEntry;
import org.migreg.policy.PolicyUnion;

/**
 * A policy in one of QEMU's own forms.
 *
 * @param text the document, lines ended by {@code \n}
 * @param warnings where the text says something else than the tables
 * @param notCarried what the tables say and the form cannot, a sentence each
 */
public record Rendering(String text, List<String> warnings, List<String> notCarried) {

    public Rendering {
        warnings = List.copyOf(warnings);
        notCarried = List.copyOf(notCarried);
    }

    /** What a form can hold beside machine type, property and register. */
    public enum Carries {
        RATIONALE,
        CONDITION
    }

    /** The rendering of a union, with what its entries say and the form cannot. */
    public static Rendering of(PolicyUnion union, String text, Collection<Carries> carried) {
        return of(union, text, carried, List.of());
    }

    /** As above, with more sentences on what the form cannot say. */
    public static Rendering of(
            PolicyUnion union, String text, Collection<Carries> carried, List<String> moreNotCarried) {
        List<String> notCarried = new ArrayList<>(moreNotCarried);
        List<PolicyEntry> entries = new ArrayList<>();
        for (CompatProperty property : CompatProperty.values()) {
            for (PolicyUnion.Element element : union.elements(property)) {
                entries.addAll(element.entries());
                if (!carried.contains(Carries.CONDITION)
                        && !element.conditions().isEmpty()) {
                    notCarried.add(property + " knows no conditions: the loss of "
                            + element.register().name() + " (" + element.register() + ") is tolerated always, not only"
                            + " if "
                            + element.conditions().stream()
                                    .map(Object::toString)
                                    .collect(Collectors.joining(" or ")));
                }
            }
        }
        List<PolicyEntry> forSomeKernels = union.entriesForSomeKernels();
        if (!forSomeKernels.isEmpty()) {
            notCarried.add("host kernels are not carried: "
                    + forSomeKernels.stream()
                            .map(entry -> entry.register().name() + " is for " + entry.kernels())
                            .distinct()
                            .collect(Collectors.joining(", ")));
        }
        if (!carried.contains(Carries.RATIONALE) && !entries.isEmpty()) {
            notCarried.add("rationales are not carried");
        }
        if (entries.stream().anyMatch(entry -> !entry.references().isEmpty())) {
            notCarried.add("references are not carried");
        }
        return new Rendering(
                text,
                union.warnings().stream().map(PolicyUnion.Warning::message).toList(),
                notCarried);
    }
}
