package org.migreg.revision;

import org.migreg.history.RevisionKind;

/**
 * The newest revisions; 0 where there is none.
 *
 * @param revision of any kind
 * @param tables of the tables
 * @param captures of the captures
 * @param hosts of the hosts
 * @param expectations of the expectations
 */
public record Head(long revision, long tables, long captures, long hosts, long expectations) {

    public long of(RevisionKind kind) {
        return switch (kind) {
            case TABLES -> tables;
            case CAPTURES -> captures;
            case HOSTS -> hosts;
            case EXPECTATIONS -> expectations;
        };
    }
}
