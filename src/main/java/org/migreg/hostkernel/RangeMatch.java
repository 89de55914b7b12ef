package org.migreg.hostkernel;

/** Whether a kernel release lies in a kernel range. */
public sealed interface RangeMatch {

    /** Why, in one sentence. */
    String reason();

    /** The release lies in the range, whatever is not known about it. */
    record Matches(String reason) implements RangeMatch {}

    /** The release lies outside the range, whatever is not known about it. */
    record DoesNotMatch(String reason) implements RangeMatch {}

    /** It depends on something that is not known; the reason says on what. */
    record Undecided(String reason) implements RangeMatch {}
}
