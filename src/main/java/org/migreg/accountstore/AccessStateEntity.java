package org.migreg.accountstore;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** One row: how often the accounts were changed. */
@Entity
@Table(name = "access_state")
class AccessStateEntity {

    @Id
    private int id;

    @Column(nullable = false)
    private long version;

    /** For Hibernate, which fills the fields. */
    protected AccessStateEntity() {}
}
