package org.migreg.api.advice;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.migreg.capture.Capture;
import org.migreg.capture.CaptureId;
import org.migreg.contract.advice.FleetFields;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.policy.TableRevision;
import org.migreg.question.fleet.CapturedHost;
import org.migreg.question.fleet.CapturedHosts;
import org.migreg.register.Text;
import org.migreg.web.errors.UnresolvedReferenceException;

/** Maps questions about many hosts between the contract and the check. */
public final class FleetReferences {

    private static final int KERNELS_SHOWN = 20;

    private FleetReferences() {}

    static void requireMachineType(TableRevision tables, String field, String name) {
        if (tables.table().machineType(name) == null) {
            throw new UnresolvedReferenceException(field, name, "machine type " + name + " does not exist");
        }
    }

    /** The hosts of one CPU model and accelerator, where these are given, and of one feature set. */
    static List<CapturedHost> hosts(CapturedHosts known, FleetFields wanted) {
        String vcpuFeatureSet = Objects.requireNonNullElse(wanted.vcpuFeatureSet(), Capture.QEMU_HOST);
        return known.hosts().stream()
                .filter(host -> {
                    Capture capture = host.capture();
                    return (wanted.cpuModel() == null || wanted.cpuModel().equals(capture.cpuModel()))
                            && (wanted.accelerator() == null || wanted.accelerator() == capture.accelerator())
                            && vcpuFeatureSet.equals(capture.vcpuFeatureSet());
                })
                .toList();
    }

    /** The releases of this text among the hosts, which may be of several packages; at least one. */
    static Set<KernelRelease> kernels(List<CapturedHost> hosts, String field, String given) {
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

    static CapturedHost host(CapturedHosts known, String field, CaptureId capture) {
        CapturedHost host = known.hostOf(capture);
        if (host == null) {
            throw new UnresolvedReferenceException(field, capture.text(), "there is no capture " + capture);
        }
        return host;
    }
}
