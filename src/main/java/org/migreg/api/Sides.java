package org.migreg.api;

import org.jspecify.annotations.Nullable;
import org.migreg.check.CheckRequest;
import org.migreg.check.ResolvedSide;
import org.migreg.check.SideRequest;
import org.migreg.contract.DestinationBody;
import org.migreg.contract.KernelView;
import org.migreg.contract.SideFields;
import org.migreg.contract.SideView;
import org.migreg.hoststore.HostName;

/** Maps sides between the contract and the check. */
final class Sides {

    private Sides() {}

    static SideRequest request(SideFields side, String field) {
        return switch (side.named(field)) {
            case SideFields.Named.OfCapture named -> new SideRequest.OfCapture(named.capture());
            case SideFields.Named.OfRegisters named ->
                new SideRequest.OfRegisters(
                        named.registers(),
                        named.kernel(),
                        named.cpuModel(),
                        named.accelerator(),
                        named.masks(),
                        named.hardwareNv());
            case SideFields.Named.OfHost named ->
                new SideRequest.OfHost(
                        named.kernel(),
                        named.kernelPackage(),
                        named.cpuModel(),
                        null,
                        named.accelerator(),
                        named.vcpuFeatureSet(),
                        named.vcpuFeatures());
        };
    }

    static CheckRequest.Destination destination(DestinationBody body, String field) {
        return new CheckRequest.Destination(request(body, field), body.behaviour(field));
    }

    static SideView view(ResolvedSide side) {
        return view(side, null);
    }

    /** @param host the host's name, where the request gives one */
    static SideView view(ResolvedSide side, @Nullable HostName host) {
        var registers = side.registers();
        return new SideView(
                host == null ? null : host.text(),
                side.capture() == null ? null : side.capture().text(),
                side.kernel() == null ? null : KernelView.of(side.kernel()),
                side.kernelPackage(),
                side.cpuModel(),
                side.accelerator().toString(),
                side.vcpuFeatureSet(),
                side.vcpuFeatures(),
                registers == null ? null : registers.size(),
                registers == null ? 0 : registers.valueCount());
    }
}
