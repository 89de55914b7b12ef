package org.migreg.evaluation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.policy.PolicyEntry;
import org.migreg.register.RegisterId;

/**
 * Something that is not known and whose answer may change the verdict.
 *
 * @param entry the entry that raises it, or null where the tables do not
 * @param soleEntry whether nothing but that entry's kernel range decides
 * @param kind of the finding that tells of it
 * @param reason why it is not known, for a person
 */
record Question(
        About about,
        RegisterId register,
        @Nullable PolicyEntry entry,
        boolean soleEntry,
        FindingKind kind,
        String reason) {

    /** What a yes to the question means. */
    enum About {
        HIDDEN_ON_SOURCE,
        HIDDEN_ON_DESTINATION,
        /** In force on the destination, and thereby declared safe. */
        TOLERATED,
        /** In force either way; whether it is safe depends. */
        SAFE,
        /** Nothing is lost where the source hides it. */
        SAFELY_HIDDEN
    }

    /** Equal for questions that have one answer: whether one range has one host's kernel. */
    Object subject() {
        return entry != null && soleEntry && about != About.SAFELY_HIDDEN && kind != FindingKind.CONDITION_UNDECIDED
                ? List.of(about == About.HIDDEN_ON_SOURCE, entry.kernels())
                : List.of(about, register);
    }
}
