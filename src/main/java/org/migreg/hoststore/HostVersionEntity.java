package org.migreg.hoststore;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.CaptureId;
import org.migreg.capture.HostName;
import org.migreg.qemu.CpuOptions;
import org.migreg.qemu.QemuVersion;
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

    @Column(length = 4100)
    private @Nullable String names;

    @Column(length = 200)
    private @Nullable String qemu;

    @Column(name = "x_mig_properties")
    private @Nullable Boolean xMigProperties;

    @Column(length = CpuOptions.LONGEST)
    private @Nullable String cpu;

    /** For Hibernate, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    protected HostVersionEntity() {}

    HostVersionEntity(StoredHost host) {
        this.key = new Key(host.name().text(), host.revision());
        this.captureId = host.capture().text();
        this.begunAt = host.since();
        HostDetails details = host.details();
        this.names = details.names().isEmpty()
                ? null
                : details.names().stream().map(HostName::text).collect(Collectors.joining(" "));
        this.qemu = details.qemu() == null ? null : details.qemu().text();
        this.xMigProperties = details.xMigProperties();
        this.cpu = details.cpu() == null ? null : details.cpu().toString();
    }

    StoredHost toHost() {
        return DamagedDataException.reading(
                () -> "host " + key.name() + " of revision " + validFrom(),
                () -> new StoredHost(name(), capture(), details(), begunAt, key.validFrom()));
    }

    HostDetails details() {
        TreeSet<HostName> others = new TreeSet<>();
        if (names != null) {
            for (String text : names.split(" ", -1)) {
                others.add(new HostName(text));
            }
        }
        return new HostDetails(
                others,
                qemu == null ? null : QemuVersion.parse(qemu),
                xMigProperties,
                cpu == null ? null : CpuOptions.parse(cpu));
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
