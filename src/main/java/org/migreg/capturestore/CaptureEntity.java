package org.migreg.capturestore;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.Capture;
import org.migreg.capture.CaptureId;
import org.migreg.history.Revision;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.qemu.Accelerator;
import org.migreg.qemu.CpuOptions;
import org.migreg.qemu.QemuVersion;

/** What never changes of a stored capture. */
@Entity
@Immutable
@Table(name = "capture")
class CaptureEntity {

    @Id
    @Column(length = 71)
    private String id;

    @Column(nullable = false)
    private long addedBy;

    @Column(nullable = false)
    private Instant addedAt;

    @Column(nullable = false, length = 8)
    private String accelerator;

    @Column(length = 400)
    private @Nullable String kernelRelease;

    @Column(length = 200)
    private @Nullable String kernelPackage;

    @Column(length = 100)
    private @Nullable String cpuModel;

    @Column(length = 200)
    private @Nullable String qemu;

    @Column(length = 100)
    private @Nullable String machineType;

    @Column(length = 100)
    private @Nullable String vcpuFeatureSet;

    @Column(nullable = false, length = 5100)
    private String vcpuFeatures;

    @Column(nullable = false, length = 1000)
    private String origin;

    @Column(nullable = false)
    private byte[] registers;

    @Column(length = CpuOptions.LONGEST)
    private @Nullable String cpu;

    /** For Hibernate, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    protected CaptureEntity() {}

    CaptureEntity(CaptureId id, Capture capture, Revision addedBy) {
        this.id = id.text();
        this.addedBy = addedBy.number();
        this.addedAt = addedBy.at();
        this.accelerator = capture.accelerator().toString();
        this.kernelRelease = capture.kernel() == null ? null : capture.kernel().toString();
        this.kernelPackage = capture.kernelPackage();
        this.cpuModel = capture.cpuModel();
        this.qemu = capture.qemu() == null ? null : capture.qemu().text();
        this.machineType = capture.machineType();
        this.vcpuFeatureSet = capture.vcpuFeatureSet();
        this.vcpuFeatures = String.join(" ", capture.vcpuFeatures());
        this.origin = capture.origin();
        this.registers = RegisterListBytes.write(capture.registers());
        this.cpu = capture.cpu() == null ? null : capture.cpu().toString();
    }

    Capture toCapture(CaptureAttributesVersionEntity attributes) {
        return new Capture(
                RegisterListBytes.read(registers),
                kernelRelease == null ? null : KernelRelease.parse(kernelRelease),
                kernelPackage,
                cpuModel,
                attributes.midr(),
                Accelerator.parse(accelerator),
                qemu == null ? null : QemuVersion.parse(qemu),
                machineType,
                vcpuFeatureSet,
                vcpuFeatures.isEmpty() ? List.of() : List.of(vcpuFeatures.split(" ", -1)),
                attributes.masks(),
                attributes.hardwareNv(),
                origin,
                cpu == null ? null : CpuOptions.parse(cpu));
    }

    String id() {
        return id;
    }

    Instant addedAt() {
        return addedAt;
    }
}
