package org.migreg.capture;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.qemu.Accelerator;
import org.migreg.qemu.QemuVersion;
import org.migreg.register.WritableMasks;

/** All captures as of one revision, in memory. Immutable. */
public final class CaptureIndex {

    /** By kernel (those without one first), CPU model, feature set, QEMU, machine type; id last. */
    static final Comparator<StoredCapture> ORDER = comparing(
                    (StoredCapture stored) -> stored.capture().kernel(), nullsFirst(KernelRelease.LISTING_ORDER))
            .thenComparing(stored -> stored.capture().cpuModel(), nullsFirst(naturalOrder()))
            .thenComparing(stored -> stored.capture().vcpuFeatureSet(), nullsFirst(naturalOrder()))
            .thenComparing(stored -> stored.capture().qemu(), nullsFirst(naturalOrder()))
            .thenComparing(stored -> stored.capture().machineType(), nullsFirst(naturalOrder()))
            .thenComparing(StoredCapture::id);

    public static final CaptureIndex NOTHING = new CaptureIndex(0, List.of());

    private record Hardware(String cpuModel, long midr, Accelerator accelerator) {}

    private final long revision;
    private final List<StoredCapture> all;
    private final Map<CaptureId, StoredCapture> byId = new HashMap<>();
    private final Map<String, List<StoredCapture>> byKernelRelease = new HashMap<>();
    private final Map<Hardware, Set<Integer>> hardwareNvs = new HashMap<>();

    CaptureIndex(long revision, Collection<StoredCapture> captures) {
        this.revision = revision;
        this.all = captures.stream().sorted(ORDER).toList();
        for (StoredCapture stored : all) {
            byId.put(stored.id(), stored);
            Capture capture = stored.capture();
            KernelRelease kernel = capture.kernel();
            if (kernel != null) {
                byKernelRelease
                        .computeIfAbsent(kernel.text(), text -> new ArrayList<>())
                        .add(stored);
            }
            if (capture.hardwareNv() != null && capture.cpuModel() != null && capture.midr() != null) {
                hardwareNvs
                        .computeIfAbsent(
                                new Hardware(capture.cpuModel(), capture.midr(), capture.accelerator()),
                                hardware -> new HashSet<>())
                        .add(capture.hardwareNv());
            }
        }
    }

    /** The newest revision of captures that this index has; 0 before the first. */
    public long revision() {
        return revision;
    }

    public Optional<StoredCapture> byId(CaptureId id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** All captures, by kernel, then CPU model, then feature set; those without a kernel first. */
    public List<StoredCapture> all() {
        return all;
    }

    /** The captures that the query takes, in the order of {@link #all}. */
    public List<StoredCapture> matching(CaptureQuery query) {
        List<StoredCapture> candidates =
                query.kernelRelease() == null ? all : byKernelRelease.getOrDefault(query.kernelRelease(), List.of());
        return candidates.stream()
                .filter(stored -> matches(query, stored.capture()))
                .toList();
    }

    /** The captures that are wanted, in the order of {@link #all}. */
    public List<StoredCapture> matching(Predicate<Capture> wanted) {
        return all.stream().filter(stored -> wanted.test(stored.capture())).toList();
    }

    private static boolean matches(CaptureQuery query, Capture capture) {
        return isWanted(query.cpuModel(), capture.cpuModel())
                && isWanted(query.accelerator(), capture.accelerator())
                && isWanted(query.vcpuFeatureSet(), capture.vcpuFeatureSet())
                && isWanted(query.vcpuFeatures(), capture.vcpuFeatures())
                && isWanted(query.machineType(), capture.machineType())
                && (query.kernelPackage() == null || isPackage(query.kernelPackage(), capture))
                && (query.qemu() == null || isQemu(query.qemu(), capture.qemu()));
    }

    private static boolean isWanted(@Nullable Object wanted, @Nullable Object there) {
        return wanted == null || wanted.equals(there);
    }

    private static boolean isPackage(String wanted, Capture capture) {
        KernelRelease kernel = capture.kernel();
        return wanted.equals(capture.kernelPackage()) || kernel != null && wanted.equals(kernel.packageVersion());
    }

    private static boolean isQemu(QemuVersion wanted, @Nullable QemuVersion there) {
        if (there == null || wanted.compareTo(there) != 0) {
            return false;
        }
        boolean wantsAnySuffix = wanted.text().chars().allMatch(c -> c == '.' || Character.isDigit(c));
        return wantsAnySuffix || wanted.text().equals(there.text());
    }

    /**
     * The writable masks of a host kernel. They are the same for every CPU model and feature set of one kernel, so
     * a capture without masks takes those of any other capture of the same release, and the same package where both
     * are known.
     *
     * @return null where no such capture has masks, or where they disagree: then nothing is known
     */
    public @Nullable WritableMasks masksOf(KernelRelease kernel, @Nullable String kernelPackage) {
        WritableMasks found = null;
        for (StoredCapture stored : byKernelRelease.getOrDefault(kernel.text(), List.of())) {
            Capture capture = stored.capture();
            WritableMasks masks = capture.masks();
            if (masks == null || !mayBeTheSameBuild(kernel, kernelPackage, capture)) {
                continue;
            }
            if (found != null && !found.equals(masks)) {
                return null;
            }
            found = masks;
        }
        return found;
    }

    /** The capture's own masks, or else those of its kernel. */
    public @Nullable WritableMasks masksFor(Capture capture) {
        KernelRelease kernel = capture.kernel();
        return capture.masks() != null || kernel == null ? capture.masks() : masksOf(kernel, capture.kernelPackage());
    }

    private static boolean mayBeTheSameBuild(KernelRelease kernel, @Nullable String kernelPackage, Capture capture) {
        String wantedVersion = kernel.packageVersion();
        KernelRelease there = Objects.requireNonNull(capture.kernel());
        String versionThere = there.packageVersion();
        if (wantedVersion != null && versionThere != null) {
            return wantedVersion.equals(versionThere);
        }
        return kernelPackage == null
                || capture.kernelPackage() == null
                || kernelPackage.equals(capture.kernelPackage());
    }

    /**
     * ID_AA64MMFR2_EL1.NV of the hardware with this CPU model and MIDR, as its captures tell.
     *
     * @return null where none tells, or where they disagree
     */
    public @Nullable Integer hardwareNvOf(String cpuModel, long midr, Accelerator accelerator) {
        Set<Integer> told = hardwareNvs.getOrDefault(new Hardware(cpuModel, midr, accelerator), Set.of());
        return told.size() == 1 ? told.iterator().next() : null;
    }

    /** The capture's own hardware NV, or else that of its hardware. */
    public @Nullable Integer hardwareNvFor(Capture capture) {
        if (capture.hardwareNv() != null || capture.cpuModel() == null || capture.midr() == null) {
            return capture.hardwareNv();
        }
        return hardwareNvOf(capture.cpuModel(), capture.midr(), capture.accelerator());
    }

    /** This index with some captures added or replaced. */
    public CaptureIndex with(long newRevision, Collection<StoredCapture> changed) {
        Map<CaptureId, StoredCapture> captures = new HashMap<>(byId);
        changed.forEach(stored -> captures.put(stored.id(), stored));
        return new CaptureIndex(newRevision, captures.values());
    }
}
