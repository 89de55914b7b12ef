package org.migreg.api.advice;

import static org.migreg.contract.InvalidFieldException.reading;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.Capture;
import org.migreg.capture.CaptureId;
import org.migreg.contract.InvalidFieldException;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.policy.TableRevision;
import org.migreg.qemu.Accelerator;
import org.migreg.question.fleet.CapturedHost;
import org.migreg.question.fleet.CapturedHosts;
import org.migreg.register.Text;
import org.migreg.web.errors.UnresolvedReferenceException;

/** Maps questions about many hosts between the contract and the check. */
public final class Fleets {

    private static final int KERNELS_SHOWN = 20;

    private Fleets() {}

    static void requireMachineType(TableRevision tables, String field, String name) {
        if (tables.table().machineType(name) == null) {
            throw new UnresolvedReferenceException(field, name, "machine type " + name + " does not exist");
        }
    }

    static @Nullable Accelerator accelerator(@Nullable String given) {
        return given == null ? null : reading("accelerator", given, () -> Accelerator.parse(given));
    }

    public static int limit(@Nullable Integer given, int usual, int greatest) {
        int limit = given == null ? usual : given;
        if (limit < 1 || limit > greatest) {
            throw new InvalidFieldException("limit", given, "limit must be 1 to " + greatest);
        }
        return limit;
    }

    /** The hosts of one CPU model, accelerator and feature set, where these are given. */
    static List<CapturedHost> hosts(
            CapturedHosts known,
            @Nullable String cpuModel,
            @Nullable Accelerator accelerator,
            @Nullable String vcpuFeatureSet) {
        return known.hosts().stream()
                .filter(host -> {
                    Capture capture = host.capture();
                    return (cpuModel == null || cpuModel.equals(capture.cpuModel()))
                            && (accelerator == null || accelerator == capture.accelerator())
                            && (vcpuFeatureSet == null || vcpuFeatureSet.equals(capture.vcpuFeatureSet()));
                })
                .toList();
    }

    /** The releases of this text among the hosts, which may be of several packages; at least one. */
    static Set<KernelRelease> kernels(List<CapturedHost> hosts, String field, @Nullable String text) {
        String given = InvalidFieldException.required(field, text, "a kernel release, such as 6.12.107+deb13-arm64");
        Set<KernelRelease> found = new LinkedHashSet<>();
        Set<String> others = new LinkedHashSet<>();
        for (CapturedHost host : hosts) {
            KernelRelease kernel = host.kernel();
            if (kernel != null) {
                others.add(kernel.text());
                if (kernel.text().equals(given)) {
                    found.add(kernel);
                }
            }
        }
        if (found.isEmpty()) {
            throw new UnresolvedReferenceException(
                    field,
                    given,
                    "no such host with kernel " + Text.shortened(given, 80)
                            + " is captured; captured are "
                            + (others.isEmpty()
                                    ? "none"
                                    : String.join(
                                            ", ",
                                            others.stream().limit(KERNELS_SHOWN).toList())));
        }
        return found;
    }

    static CapturedHost host(CapturedHosts known, String field, @Nullable String capture) {
        String given = InvalidFieldException.required(field, capture, "the id of a capture");
        CaptureId id = reading(field, given, () -> new CaptureId(given));
        CapturedHost host = known.hostOf(id);
        if (host == null) {
            throw new UnresolvedReferenceException(field, given, "there is no capture " + id);
        }
        return host;
    }
}
