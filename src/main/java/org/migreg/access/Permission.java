package org.migreg.access;

import static org.migreg.access.Role.ADMIN;
import static org.migreg.access.Role.AGENT;
import static org.migreg.access.Role.COLLECTOR;
import static org.migreg.access.Role.EDITOR;
import static org.migreg.access.Role.EVALUATOR;
import static org.migreg.access.Role.PUBLISHER;
import static org.migreg.access.Role.VIEWER;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What operations need: each operation needs one of these. The table from permissions to roles. */
public enum Permission {
    /** Tables, captures, hosts, history and the verdicts of matrices. */
    READ(VIEWER, EVALUATOR, EDITOR, PUBLISHER, ADMIN, AGENT),
    /** A question that takes a body: evaluations, diagnoses, impact, advice, upgrade plans. */
    ASK(EVALUATOR, EDITOR, PUBLISHER, ADMIN, AGENT),
    /** Who one is. */
    IDENTIFY(Role.values()),
    /** Agreeing that a log is kept. */
    KEEP_SAMPLE(EVALUATOR, EDITOR, PUBLISHER, ADMIN),
    /** Storing captures. */
    CAPTURE(EDITOR, PUBLISHER, ADMIN, COLLECTOR),
    /** Recording one host; bounded by the hosts of whoever has some. */
    RECORD_HOST(EDITOR, PUBLISHER, ADMIN, COLLECTOR),
    /** Recording many hosts, and forgetting some. */
    CURATE_HOSTS(EDITOR, PUBLISHER, ADMIN),
    /** Writing drafts; bounded by the machine types of whoever has some. */
    DRAFT(EDITOR, PUBLISHER, ADMIN),
    /** Changing the tables and expectations; bounded likewise. */
    PUBLISH(PUBLISHER, ADMIN),
    /** Accounts, backups, unread samples. */
    ADMINISTER(ADMIN);

    @SuppressWarnings("ImmutableEnumChecker") // It is, though its type does not say so.
    private final Set<Role> roles;

    Permission(Role... roles) {
        this.roles = Collections.unmodifiableSet(EnumSet.copyOf(List.of(roles)));
    }

    /** The roles that have it. */
    public Set<Role> roles() {
        return roles;
    }

    /** Whether a person or program on the same host needs no credential for it. */
    public boolean isOpenOnLoopback() {
        return this == READ || this == ASK;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
