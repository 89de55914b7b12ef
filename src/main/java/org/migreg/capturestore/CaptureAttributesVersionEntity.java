package org.migreg.capturestore;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.Capture;
import org.migreg.capture.CaptureId;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterValue;
import org.migreg.register.WritableMasks;

/** What was known beside a capture's list from one revision up to, not including, another. */
@Entity
@Table(name = "capture_attributes_version")
class CaptureAttributesVersionEntity {

    @Embeddable
    record Key(@Column(length = 71) String captureId, long validFrom) {}

    @EmbeddedId
    private Key key;

    @SuppressWarnings("UnusedVariable") // queries read it
    private @Nullable Long validTo;

    @Column(length = 18)
    private @Nullable String midr;

    private @Nullable Short hardwareNv;

    @Column(length = 100_000)
    private @Nullable String masks;

    /** For Hibernate, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    protected CaptureAttributesVersionEntity() {}

    CaptureAttributesVersionEntity(CaptureId id, Capture capture, long validFrom) {
        this.key = new Key(id.text(), validFrom);
        this.midr = capture.midr() == null ? null : new RegisterId(capture.midr()).toString();
        this.hardwareNv =
                capture.hardwareNv() == null ? null : capture.hardwareNv().shortValue();
        this.masks = capture.masks() == null ? null : CaptureText.ofMasks(capture.masks());
    }

    String captureId() {
        return key.captureId();
    }

    long validFrom() {
        return key.validFrom();
    }

    @Nullable
    Long midr() {
        return midr == null ? null : RegisterValue.parse(midr).bits();
    }

    @Nullable
    Integer hardwareNv() {
        return hardwareNv == null ? null : hardwareNv.intValue();
    }

    @Nullable
    WritableMasks masks() {
        return masks == null ? null : CaptureText.masks(masks);
    }
}
