package org.migreg.question.side;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.Capture;
import org.migreg.capture.CaptureId;
import org.migreg.capture.CaptureIndex;
import org.migreg.capture.CaptureQuery;
import org.migreg.capture.StoredCapture;
import org.migreg.evaluation.Finding;
import org.migreg.evaluation.FindingKind;
import org.migreg.evaluation.Severity;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.qemu.Accelerator;
import org.migreg.qemu.CpuOptions;
import org.migreg.register.KnownRegisters;
import org.migreg.register.WholeList;
import org.migreg.register.WritableMasks;

/** Finds what a side's request means among the captures. */
public final class SideResolver {

    /** Two sides of so many make 64 evaluations, some milliseconds. */
    private static final int MOST_CANDIDATES = 8;

    private final CaptureIndex captures;

    public SideResolver(CaptureIndex captures) {
        this.captures = captures;
    }

    /**
     * @throws NoSuchCaptureException when a capture is named that does not exist
     */
    public ResolvedSide resolve(SideRequest request) {
        return resolve(request, SideSaid.NOTHING);
    }

    /**
     * @param said what else is known of the side; its CPU options decide which list is meant
     * @throws NoSuchCaptureException when a capture is named that does not exist
     */
    public ResolvedSide resolve(SideRequest request, SideSaid said) {
        return switch (request) {
            case SideRequest.OfCapture side ->
                ofCapture(
                        captures.byId(side.capture()).orElseThrow(() -> new NoSuchCaptureException(side.capture())),
                        said);
            case SideRequest.OfRegisters side -> ofRegisters(side, said);
            case SideRequest.OfHost side -> ofHost(side, said);
        };
    }

    private ResolvedSide ofRegisters(SideRequest.OfRegisters side, SideSaid said) {
        KernelRelease kernel = side.kernel();
        WritableMasks masks = side.masks();
        if (masks == null && kernel != null) {
            masks = captures.masksOf(kernel, kernel.packageVersion());
        }
        return new ResolvedSide.Known(
                new ResolvedSide.Host(
                        null,
                        kernel,
                        kernel == null ? null : kernel.packageVersion(),
                        side.cpuModel(),
                        side.accelerator(),
                        null,
                        List.of(),
                        ofExcerpt(side, said)),
                side.registers(),
                masks,
                hardwareNv(side));
    }

    private static SideSaid ofExcerpt(SideRequest.OfRegisters side, SideSaid said) {
        int size = side.registers().size();
        return side.accelerator() != Accelerator.KVM || !WholeList.isExcerpt(side.registers())
                ? said
                : said.withDoubt(Finding.of(
                        FindingKind.LIST_IS_EXCERPT,
                        Severity.UNKNOWN,
                        "Only " + size + (size == 1 ? " register is" : " registers are")
                                + " given of a list that has about " + WholeList.SHORTEST
                                + " at the least: what fails among them fails, and that they pass says nothing of the"
                                + " rest. Give the whole list."));
    }

    public ResolvedSide.Known ofCapture(StoredCapture stored) {
        return ofCapture(stored, SideSaid.NOTHING);
    }

    private ResolvedSide.Known ofCapture(StoredCapture stored, SideSaid said) {
        Capture capture = stored.capture();
        CapturedList list = CapturedList.of(capture, said);
        return new ResolvedSide.Known(
                new ResolvedSide.Host(
                        stored.id(),
                        capture.kernel(),
                        capture.kernelPackage(),
                        capture.cpuModel(),
                        capture.accelerator(),
                        capture.vcpuFeatureSet(),
                        capture.vcpuFeatures(),
                        list.said()),
                list.registers(),
                captures.masksFor(capture),
                optional(captures.hardwareNvFor(capture)));
    }

    /** Given, or as captures of hardware with the same MIDR tell. */
    private OptionalLong hardwareNv(SideRequest.OfRegisters side) {
        OptionalLong midr = side.registers().valueOf(KnownRegisters.MIDR_EL1);
        if (side.hardwareNv() != null || midr.isEmpty()) {
            return optional(side.hardwareNv());
        }
        Integer found = null;
        for (StoredCapture stored : captures.all()) {
            Capture capture = stored.capture();
            Integer nv = capture.hardwareNv();
            if (nv == null
                    || capture.midr() == null
                    || capture.midr() != midr.getAsLong()
                    || capture.accelerator() != side.accelerator()
                    || side.cpuModel() != null && !side.cpuModel().equals(capture.cpuModel())) {
                continue;
            }
            if (found != null && !found.equals(nv)) {
                return OptionalLong.empty();
            }
            found = nv;
        }
        return optional(found);
    }

    private static OptionalLong optional(@Nullable Integer value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private ResolvedSide ofHost(SideRequest.OfHost side, SideSaid said) {
        List<StoredCapture> matching = ofCpu(
                said.cpu(),
                ofProcessor(
                        side.midr(),
                        captures.matching(new CaptureQuery(
                                side.kernel().text(),
                                side.kernelPackage(),
                                side.cpuModel(),
                                side.accelerator(),
                                side.vcpuFeatureSet(),
                                side.vcpuFeatures(),
                                null,
                                null))));
        if (matching.isEmpty()) {
            return new ResolvedSide.Missing(
                    asked(side, said),
                    "no capture of " + describe(side) + " is known" + known(side)
                            + "; collect one on such a host, or give its registers");
        }
        List<StoredCapture> preferred = side.vcpuFeatureSet() != null || side.vcpuFeatures() != null
                ? matching
                : matching.stream()
                        .filter(stored ->
                                Capture.QEMU_HOST.equals(stored.capture().vcpuFeatureSet()))
                        .toList();
        List<StoredCapture> candidates = preferred.isEmpty() ? matching : preferred;
        List<StoredCapture> different = different(candidates);
        if (different.size() > 1) {
            String why = "captures of " + describe(side) + " differ, and the request does not say which is meant: "
                    + candidates.stream()
                            .limit(6)
                            .map(SideResolver::label)
                            .distinct()
                            .collect(Collectors.joining("; "))
                    + ": name the host or the capture, or its cpuModel and vcpuFeatureSet";
            return different.size() > MOST_CANDIDATES
                    ? new ResolvedSide.Missing(asked(side, said), why)
                    : new ResolvedSide.OneOf(
                            asked(side, said),
                            different.stream()
                                    .map(stored -> ofCapture(stored, said))
                                    .toList(),
                            why);
        }
        return ofCapture(different.getFirst(), said);
    }

    /** Those of guests with these CPU options; else those from which theirs may follow. */
    private static List<StoredCapture> ofCpu(@Nullable CpuOptions cpu, List<StoredCapture> matching) {
        List<StoredCapture> same = matching.stream()
                .filter(stored -> cpu != null && cpu.equals(stored.capture().cpu()))
                .toList();
        if (!same.isEmpty()) {
            return same;
        }
        List<StoredCapture> ofHost = matching.stream()
                .filter(stored -> stored.capture().cpu() == null
                        || CpuOptions.HOST.equals(stored.capture().cpu()))
                .toList();
        return ofHost.isEmpty() ? matching : ofHost;
    }

    /** Those of this processor; all where it is not known, or not to be found among them. */
    private static List<StoredCapture> ofProcessor(@Nullable Long midr, List<StoredCapture> matching) {
        List<StoredCapture> ofIt = matching.stream()
                .filter(stored -> Objects.equals(stored.capture().midr(), midr))
                .toList();
        return midr == null || ofIt.isEmpty() ? matching : ofIt;
    }

    /** What two captures that may stand for one another have in common. */
    private record Likeness(@Nullable String cpuModel, CaptureId listDigest) {}

    /** The last of each that are alike. */
    private static List<StoredCapture> different(List<StoredCapture> candidates) {
        if (candidates.size() == 1) {
            return candidates;
        }
        Map<Likeness, StoredCapture> different = new LinkedHashMap<>();
        for (StoredCapture candidate : candidates) {
            Capture capture = candidate.capture();
            different.put(new Likeness(capture.cpuModel(), capture.listDigest()), candidate);
        }
        return List.copyOf(different.values());
    }

    private static String describe(SideRequest.OfHost side) {
        return "kernel " + side.kernel().text()
                + (side.kernelPackage() == null ? "" : " (" + side.kernelPackage() + ")")
                + (side.cpuModel() == null ? "" : " on " + side.cpuModel())
                + " under " + side.accelerator()
                + (side.vcpuFeatureSet() == null ? "" : " with vCPU features " + side.vcpuFeatureSet());
    }

    private static String label(StoredCapture stored) {
        Capture capture = stored.capture();
        return capture.cpuModel() + " " + capture.vcpuFeatureSet()
                + (capture.kernelPackage() == null ? "" : " (" + capture.kernelPackage() + ")");
    }

    /** What is known instead, so that a typing error shows. */
    private String known(SideRequest.OfHost side) {
        boolean kernelIsKnown = false;
        TreeSet<String> kernels = new TreeSet<>();
        TreeSet<String> models = new TreeSet<>();
        for (StoredCapture stored : captures.all()) {
            KernelRelease kernel = stored.capture().kernel();
            if (kernel == null || stored.capture().accelerator() != side.accelerator()) {
                continue;
            }
            kernels.add(kernel.text());
            if (kernel.text().equals(side.kernel().text())) {
                kernelIsKnown = true;
                models.add(String.valueOf(stored.capture().cpuModel()));
            }
        }
        if (kernelIsKnown) {
            return " (of this kernel: " + String.join(", ", models) + ")";
        }
        return kernels.isEmpty()
                ? ""
                : " (of kernels: " + kernels.stream().limit(12).collect(Collectors.joining(", ")) + ")";
    }

    private static ResolvedSide.Host asked(SideRequest.OfHost side, SideSaid said) {
        return new ResolvedSide.Host(
                null,
                side.kernel(),
                side.kernelPackage(),
                side.cpuModel(),
                side.accelerator(),
                side.vcpuFeatureSet(),
                side.vcpuFeatures() == null ? List.of() : side.vcpuFeatures(),
                said);
    }
}
