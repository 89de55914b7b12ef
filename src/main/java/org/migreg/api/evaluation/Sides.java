package org.migreg.api.evaluation;

import org.jspecify.annotations.Nullable;
import org.migreg.capture.CaptureId;
import org.migreg.capture.HostName;
import org.migreg.contract.KernelView;
import org.migreg.contract.evaluation.SideView;
import org.migreg.hoststore.HostStore;
import org.migreg.question.side.ResolvedSide;
import org.migreg.web.errors.UnresolvedReferenceException;
import org.springframework.stereotype.Component;

/** Maps sides between the contract and the check. */
@Component
final class Sides {

    private final HostStore hosts;

    Sides(HostStore hosts) {
        this.hosts = hosts;
    }

    /**
     * The capture that a host has now.
     *
     * @param field what names it
     * @throws UnresolvedReferenceException when no such host is known
     */
    CaptureId captureOf(String field, HostName name) {
        return hosts.byName(name)
                .orElseThrow(() -> new UnresolvedReferenceException(
                        field,
                        name.text(),
                        "no host " + name + " is known: PUT its capture under /api/v1/hosts/" + name + " first"))
                .capture();
    }

    /** @param host the host's name, where the request gives one */
    static SideView view(ResolvedSide side, @Nullable HostName host) {
        ResolvedSide.Host of = side.host();
        var registers = side instanceof ResolvedSide.Known known ? known.registers() : null;
        return new SideView(
                host == null ? null : host.text(),
                of.capture() == null ? null : of.capture().text(),
                of.kernel() == null ? null : KernelView.of(of.kernel()),
                of.kernelPackage(),
                of.cpuModel(),
                of.accelerator().toString(),
                of.vcpuFeatureSet(),
                of.vcpuFeatures(),
                registers == null ? null : registers.size(),
                registers == null ? 0 : registers.valueCount());
    }
}
