package org.migreg.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What somebody is to migreg. What each may do stands in {@link Permission}. */
public enum Role {
    VIEWER("reads"),
    EVALUATOR("reads and asks"),
    EDITOR("also writes drafts, captures and hosts"),
    PUBLISHER("also changes the tables and the expectations"),
    ADMIN("also has the accounts, backups and unread samples"),
    COLLECTOR("a machine that stores captures, and what is recorded of its own host; it reads nothing"),
    AGENT("a machine that reads, asks, and keeps the records of guests on its own host");

    private final String meaning;

    Role(String meaning) {
        this.meaning = meaning;
    }

    /** The role that has this name in any case. */
    public static Optional<Role> of(String name) {
        return Arrays.stream(values())
                .filter(role -> role.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** Whether it is one for machines, which are bound to hosts. */
    public boolean isOfMachine() {
        return this == COLLECTOR || this == AGENT;
    }

    /** What it means, in some words. */
    public String meaning() {
        return meaning;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
