package org.migreg.hostkernel;

import io.github.nscuro.versatile.Comparator;

/** The comparators of VERS, without its {@code *}, which is no constraint on a version. */
enum RangeComparator {
    GREATER_THAN_OR_EQUAL(">=", Comparator.GREATER_THAN_OR_EQUAL),
    LESS_THAN_OR_EQUAL("<=", Comparator.LESS_THAN_OR_EQUAL),
    NOT_EQUAL("!=", Comparator.NOT_EQUAL),
    GREATER_THAN(">", Comparator.GREATER_THAN),
    LESS_THAN("<", Comparator.LESS_THAN),
    EQUAL("=", Comparator.EQUAL);

    private final String operator;
    private final Comparator inLibrary;

    RangeComparator(String operator, Comparator inLibrary) {
        this.operator = operator;
        this.inLibrary = inLibrary;
    }

    String operator() {
        return operator;
    }

    Comparator inLibrary() {
        return inLibrary;
    }

    boolean isUpper() {
        return this == LESS_THAN || this == LESS_THAN_OR_EQUAL;
    }

    boolean isLower() {
        return this == GREATER_THAN || this == GREATER_THAN_OR_EQUAL;
    }

    /** Whether the version named satisfies the constraint. */
    boolean includesItself() {
        return this == EQUAL || this == LESS_THAN_OR_EQUAL || this == GREATER_THAN_OR_EQUAL;
    }
}
