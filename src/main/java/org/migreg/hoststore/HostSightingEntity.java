package org.migreg.hoststore;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.HostName;
import org.migreg.revision.DamagedDataException;

/** When a host was last heard of. */
@Entity
@Table(name = "host_sighting")
class HostSightingEntity {

    @Id
    @Column(length = HostName.LONGEST)
    private String name;

    @Column(nullable = false)
    private Instant seenAt;

    @Column(length = 400)
    private @Nullable String kernel;

    @Column(nullable = false)
    private long changeNumber;

    /** For Hibernate, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    protected HostSightingEntity() {}

    HostSightingEntity(HostName name, HostSighting sighting, long changeNumber) {
        this.name = name.text();
        this.seenAt = sighting.at();
        this.kernel = sighting.kernel();
        this.changeNumber = changeNumber;
    }

    HostName name() {
        return DamagedDataException.reading(() -> "when host " + name + " was last heard of", () -> new HostName(name));
    }

    HostSighting sighting() {
        return new HostSighting(seenAt, kernel);
    }

    long changeNumber() {
        return changeNumber;
    }
}
