package org.migreg.policystore;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;
import org.migreg.qemu.MachineType;
import org.migreg.revision.DamagedDataException;

/** What a machine type was from one revision up to, not including, another. */
@Entity
@Table(name = "machine_type_version")
class MachineTypeVersionEntity {

    @Embeddable
    record Key(@Column(length = 64) String name, long validFrom) {}

    @EmbeddedId
    private Key key;

    @SuppressWarnings("UnusedVariable") // queries read it
    private @Nullable Long validTo;

    @Column(nullable = false, length = 16)
    private String architecture;

    @Column(length = 64)
    private @Nullable String inheritsFrom;

    @Column(nullable = false, length = 2000)
    private String description;

    /** For Hibernate, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    protected MachineTypeVersionEntity() {}

    MachineTypeVersionEntity(MachineType machineType, long validFrom) {
        this.key = new Key(machineType.name(), validFrom);
        this.architecture = machineType.architecture();
        this.inheritsFrom = machineType.inheritsFrom();
        this.description = machineType.description();
    }

    MachineType toMachineType() {
        return DamagedDataException.reading(
                () -> "machine type " + key.name() + " of revision " + validFrom(),
                () -> new MachineType(key.name(), architecture, inheritsFrom, description));
    }

    long validFrom() {
        return key.validFrom();
    }
}
