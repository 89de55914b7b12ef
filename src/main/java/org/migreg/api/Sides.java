package org.migreg.api;

import org.migreg.check.CheckRequest;
import org.migreg.check.ResolvedSide;
import org.migreg.check.SideRequest;
import org.migreg.contract.DestinationBody;
import org.migreg.contract.KernelView;
import org.migreg.contract.SideFields;
import org.migreg.contract.SideView;

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
                        named.accelerator(),
                        named.vcpuFeatureSet(),
                        named.vcpuFeatures());
        };
    }

    static CheckRequest.Destination destination(DestinationBody body, String field) {
        return new CheckRequest.Destination(request(body, field), body.behaviour(field));
    }

    static SideView view(ResolvedSide side) {
        var registers = side.registers();
        return new SideView(
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
