package org.migreg.samplestore;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A log that was kept. */
@Entity
@Table(name = "unread_sample")
class UnreadSampleEntity {

    @Id
    private long id;

    @Column(nullable = false)
    private Instant keptAt;

    @Column(nullable = false, length = 200)
    private String keptBy;

    @Column(nullable = false)
    private boolean masked;

    @Column(nullable = false, length = SampleStore.LONGEST_NOTE)
    private String note;

    @Column(nullable = false, length = SampleStore.LONGEST_LOG)
    private String log;

    /** For Hibernate, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    protected UnreadSampleEntity() {}

    UnreadSampleEntity(UnreadSample sample) {
        this.id = sample.id();
        this.keptAt = sample.keptAt();
        this.keptBy = sample.keptBy();
        this.masked = sample.masked();
        this.note = sample.note();
        this.log = sample.log();
    }

    UnreadSample toSample() {
        return new UnreadSample(id, keptAt, keptBy, masked, note, log);
    }
}
