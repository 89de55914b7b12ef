package org.migreg.question.fleet;

/**
 * How much one search may do. What a step is, the searcher says; when none is left, it gives the best that it has found
 * and says so in its answer. Counted, not timed, so that one question always has one answer.
 */
public final class StepBudget {

    private long left;
    private boolean usedUp;

    /** @param steps more than 0 */
    public StepBudget(long steps) {
        if (steps <= 0) {
            throw new IllegalArgumentException("a budget of " + steps + " steps allows nothing: give 1 at least");
        }
        this.left = steps;
    }

    /** Takes so many steps; false where fewer are left, and from then on. */
    public boolean take(long steps) {
        if (usedUp || steps > left) {
            usedUp = true;
            return false;
        }
        left -= steps;
        return true;
    }

    /** Whether more steps were wanted than there were. */
    public boolean isUsedUp() {
        return usedUp;
    }
}
