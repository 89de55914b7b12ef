package org.migreg.api.evaluation;

import static org.migreg.contract.InvalidFieldException.reading;

import org.jspecify.annotations.Nullable;
import org.migreg.contract.KernelView;
import org.migreg.contract.evaluation.DestinationBody;
import org.migreg.contract.evaluation.SideFields;
import org.migreg.contract.evaluation.SideView;
import org.migreg.hoststore.HostName;
import org.migreg.hoststore.HostStore;
import org.migreg.hoststore.StoredHost;
import org.migreg.question.side.CheckRequest;
import org.migreg.question.side.ResolvedSide;
import org.migreg.question.side.SideRequest;
import org.migreg.web.errors.UnresolvedReferenceException;
import org.springframework.stereotype.Component;

/** Maps sides between the contract and the check. */
@Component
final class Sides {

    private final HostStore hosts;

    Sides(HostStore hosts) {
        this.hosts = hosts;
    }

    /** @throws UnresolvedReferenceException when it names a host that is not known */
    SideRequest request(SideFields side, String field) {
        return switch (side.named(field)) {
            case SideFields.Named.OfCapture named -> new SideRequest.OfCapture(named.capture());
            case SideFields.Named.OfKnownHost named -> knownHost(field + ".host", named.name());
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

    /**
     * The capture that a host has now.
     *
     * @throws UnresolvedReferenceException when no such host is known
     */
    SideRequest knownHost(String field, String text) {
        HostName name = reading(field, text, () -> HostName.parseLenient(text));
        StoredHost host = hosts.byName(name)
                .orElseThrow(() -> new UnresolvedReferenceException(
                        field,
                        text,
                        "no host " + name + " is known: PUT its capture under /api/v1/hosts/" + name + " first"));
        return new SideRequest.OfCapture(host.capture());
    }

    CheckRequest.Destination destination(DestinationBody body, String field) {
        return new CheckRequest.Destination(request(body, field), body.behaviour(field));
    }

    /** @param host the host's name, where the request gives one */
    static SideView view(ResolvedSide side, @Nullable String host) {
        ResolvedSide.Host of = side.host();
        var registers = side instanceof ResolvedSide.Known known ? known.registers() : null;
        return new SideView(
                host == null ? null : HostName.parseLenient(host).text(),
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
