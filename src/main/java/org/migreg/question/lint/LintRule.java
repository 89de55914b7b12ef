package org.migreg.question.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.migreg.register.Text;

/** A rule of the lint, with the level it has unless told otherwise. */
public enum LintRule {
    /** The entry's range takes in no kernel of any known host. */
    MATCHES_NO_KNOWN_KERNEL(LintLevel.WARNING),
    /** An inherited entry says the same of every host that this one is for. */
    SHADOWED_BY_INHERITED(LintLevel.WARNING),
    /** A register is both hidden and safe-missing on the same hosts. */
    HIDDEN_AND_SAFE_MISSING(LintLevel.WARNING),
    /** Hidden on a destination, sent by a source that does not hide it, and not safe-missing: moves fail. */
    HIDDEN_ON_ONE_SIDE(LintLevel.ERROR),
    /** Hidden on hosts whose guests have the feature that the register belongs to. */
    HIDES_WHAT_THE_GUEST_NEEDS(LintLevel.ERROR),
    /** No commit, bug or message says where the fact comes from. */
    NO_REFERENCE(LintLevel.INFO),
    /** No table of registers has a name for the id. */
    UNKNOWN_REGISTER(LintLevel.WARNING),
    /** Two entries of one machine type set the same for one register on some of the same hosts. */
    OVERLAPPING_RANGES(LintLevel.WARNING),
    /** No kernel that could exist lies in the range. */
    CAN_NEVER_MATCH(LintLevel.ERROR),
    /** There is more to compare or to report than one look over the tables does: what is left is not looked at. */
    CUT_SHORT(LintLevel.WARNING);

    private final LintLevel usualLevel;

    LintRule(LintLevel usualLevel) {
        this.usualLevel = usualLevel;
    }

    public LintLevel usualLevel() {
        return usualLevel;
    }

    /** The rule's name in settings and answers: {@code hidden-on-one-side}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Reads the id.
     *
     * @throws IllegalArgumentException naming all of them
     */
    public static LintRule parse(String text) {
        List<String> ids = new ArrayList<>();
        for (LintRule rule : values()) {
            if (rule.id().equals(text)) {
                return rule;
            }
            ids.add(rule.id());
        }
        throw new IllegalArgumentException(
                "'" + Text.shortened(text) + "' is not a lint rule: write one of " + String.join(", ", ids));
    }
}
