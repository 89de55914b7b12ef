package org.migreg.hoststore;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.CaptureId;
import org.migreg.capture.HostName;
import org.migreg.revision.DamagedDataException;

/** Which capture a host had from one revision up to, not including, another. */
@Entity
@Table(name = "host_version")
class HostVersionEntity {

    @Embeddable
    record Key(@Column(length = HostName.LONGEST) String name, long validFrom) {}

    @EmbeddedId
    private Key key;

    private @Nullable Long validTo;

    @Column(nullable = false, length = 71)
    private String captureId;

    @Column(nullable = false)
    private Instant begunAt;

    /** For Hibernate, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    protected HostVersionEntity() {}

    HostVersionEntity(StoredHost host) {
        this.key = new Key(host.name().text(), host.revision());
        this.captureId = host.capture().text();
        this.begunAt = host.since();
    }

    StoredHost toHost() {
        return DamagedDataException.reading(
                () -> "host " + key.name() + " of revision " + validFrom(),
                () -> new StoredHost(name(), capture(), begunAt, key.validFrom()));
    }

    HostName name() {
        return new HostName(key.name());
    }

    CaptureId capture() {
        return new CaptureId(captureId);
    }

    long validFrom() {
        return key.validFrom();
    }

    @Nullable
    Long validTo() {
        return validTo;
    }
}
