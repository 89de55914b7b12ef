package org.migreg.revision;

/** A store whose memory follows what other instances write to the same database. */
public interface RevisionFollower {

    /** Catches up with the newest revisions, where the memory is behind them. */
    void follow(Head head);
}
