package org.migreg.revision;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.migreg.history.RevisionKind;

/** The one row that says which revisions are the newest. */
@Entity
@Table(name = "registry_head")
class RegistryHeadEntity {

    static final short ONLY = 1;

    @Id
    private short id;

    @Column(nullable = false)
    private long revision;

    @Column(nullable = false)
    private long tablesRevision;

    @Column(nullable = false)
    private long capturesRevision;

    @Column(nullable = false)
    private long hostsRevision;

    @Column(nullable = false)
    private long expectationsRevision;

    /** For Hibernate, which fills the fields. */
    protected RegistryHeadEntity() {}

    Head toHead() {
        return new Head(revision, tablesRevision, capturesRevision, hostsRevision, expectationsRevision);
    }

    void advance(RevisionKind kind) {
        revision++;
        switch (kind) {
            case TABLES -> tablesRevision = revision;
            case CAPTURES -> capturesRevision = revision;
            case HOSTS -> hostsRevision = revision;
            case EXPECTATIONS -> expectationsRevision = revision;
        }
    }

    long revision() {
        return revision;
    }

    short id() {
        return id;
    }
}
