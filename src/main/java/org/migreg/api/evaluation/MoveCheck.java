package org.migreg.api.evaluation;

import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.CaptureId;
import org.migreg.capture.HostName;
import org.migreg.contract.KernelView;
import org.migreg.contract.evaluation.DestinationBody;
import org.migreg.contract.evaluation.EvaluationView;
import org.migreg.contract.evaluation.HostFields;
import org.migreg.contract.evaluation.SideView;
import org.migreg.contract.evaluation.SourceBody;
import org.migreg.evaluation.Assumption;
import org.migreg.evaluation.LoadBehaviour;
import org.migreg.hoststore.HostStore;
import org.migreg.hoststore.StoredHost;
import org.migreg.policy.NoSuchMachineTypeException;
import org.migreg.qemu.CpuOptions;
import org.migreg.qemu.QemuVersion;
import org.migreg.question.side.CheckRequest;
import org.migreg.question.side.CheckResult;
import org.migreg.question.side.NoSuchCaptureException;
import org.migreg.question.side.ResolvedSide;
import org.migreg.question.side.SideRequest;
import org.migreg.question.side.SideSaid;
import org.migreg.registry.HostQuestions;
import org.migreg.registry.PreMigrationCheck;
import org.migreg.revision.NoSuchRevisionException;
import org.migreg.web.errors.UnresolvedReferenceException;
import org.springframework.stereotype.Component;

/** The pre-migration check as requests ask it: what they and the records of hosts say of the sides. */
@Component
record MoveCheck(PreMigrationCheck check, HostStore hosts, HostQuestions questions) {

    private static final Assumption SOURCE_OF_TABLES = new Assumption(
            Assumption.Code.SOURCE_QEMU_OF_TABLES,
            "Nobody said which QEMU the source runs: a build that carries the properties, which these tables are written"
                    + " for, is assumed. Give source.qemu or source.xMigProperties where it is another.");
    private static final Assumption DESTINATION_OF_TABLES = new Assumption(
            Assumption.Code.DESTINATION_QEMU_OF_TABLES,
            "Nobody said which QEMU the destination runs: a build that carries the properties, which these tables are"
                    + " written for, is assumed. Give qemu or loadBehaviour where it is another.");

    /**
     * Answers for each destination, in order.
     *
     * @param fieldOfCapture which field names the capture of an id
     * @throws UnresolvedReferenceException when the request names something that does not exist
     */
    List<CheckResult> answers(CheckRequest request, UnaryOperator<String> fieldOfCapture) {
        try {
            return check.check(request);
        } catch (NoSuchMachineTypeException unknown) {
            throw new UnresolvedReferenceException("machineType", request.machineType(), unknown);
        } catch (NoSuchRevisionException unknown) {
            throw new UnresolvedReferenceException("revision", String.valueOf(request.revision()), unknown);
        } catch (NoSuchCaptureException unknown) {
            throw new UnresolvedReferenceException(fieldOfCapture.apply(unknown.id()), unknown.id(), unknown);
        }
    }

    /** An answer with the names that the request gives the hosts. */
    static EvaluationView view(CheckResult result, @Nullable HostName source, @Nullable HostName destination) {
        return EvaluationView.of(
                result.machineType(),
                result.evaluation(),
                result.policyRevision(),
                view(result.source(), source),
                view(result.destination(), destination));
    }

    /** What a request and the record of a host say of the source beside its list. */
    record Source(boolean xMigProperties, SideSaid said) {}

    /**
     * What is known of the source beside its list.
     *
     * @param host where the request names one
     * @param capture likewise
     * @param xMigProperties as the request gives it
     * @param qemu as the request gives it
     * @param cpu as the request gives it
     */
    Source source(
            @Nullable StoredHost host,
            @Nullable CaptureId capture,
            @Nullable Boolean xMigProperties,
            @Nullable QemuVersion qemu,
            @Nullable CpuOptions cpu) {
        boolean isSaid = xMigProperties != null || qemu != null;
        HostQuestions.HostSide recorded =
                host != null ? questions.side(host, isSaid) : ofTheCapture(isSaid ? null : capture);
        SideSaid said = said(recorded, qemu, cpu);
        if (xMigProperties == null && qemu != null) {
            said = HostQuestions.ofVersion("source", qemu, said).said();
        }
        boolean carries = xMigProperties != null
                ? xMigProperties
                : qemu == null && (recorded == null || recorded.xMigProperties());
        return new Source(carries, isSaid || recorded != null ? said : said.assuming(SOURCE_OF_TABLES));
    }

    /**
     * A destination with what is known of it beside its list.
     *
     * @param host where the request names one
     * @param behaviour what the request says that the QEMU there does; null where it says nothing
     * @param qemu as the request gives it
     * @param cpu as the request gives it
     */
    CheckRequest.Destination destination(
            SideRequest side,
            @Nullable StoredHost host,
            @Nullable LoadBehaviour behaviour,
            @Nullable QemuVersion qemu,
            @Nullable CpuOptions cpu) {
        CaptureId capture = side instanceof SideRequest.OfCapture named ? named.capture() : null;
        HostQuestions.HostSide recorded = host != null
                ? questions.side(host, behaviour != null)
                : ofTheCapture(behaviour == null ? capture : null);
        CpuOptions usualCpu = recorded == null ? null : recorded.said().cpu();
        SideSaid said = said(recorded, qemu, null).withCpu(cpu);
        if (behaviour != null) {
            return new CheckRequest.Destination(side, behaviour, said, usualCpu);
        }
        return recorded == null
                ? new CheckRequest.Destination(
                        side, LoadBehaviour.Spec.USUAL.behaviour(), said.assuming(DESTINATION_OF_TABLES))
                : new CheckRequest.Destination(side, recorded.behaviour(), said, usualCpu);
    }

    /** What a capture says of the QEMU that it was taken with; null where it says nothing. */
    private HostQuestions.@Nullable HostSide ofTheCapture(@Nullable CaptureId capture) {
        QemuVersion qemu = capture == null ? null : questions.qemuOf(capture);
        return qemu == null
                ? null
                : HostQuestions.ofVersion("capture", qemu, new SideSaid(null, qemu, List.of(), List.of()));
    }

    /** The request goes before the record. */
    private static SideSaid said(
            HostQuestions.@Nullable HostSide recorded, @Nullable QemuVersion qemu, @Nullable CpuOptions cpu) {
        SideSaid of = recorded == null ? SideSaid.NOTHING : recorded.said();
        return new SideSaid(
                cpu == null ? of.cpu() : cpu, qemu == null ? of.qemu() : qemu, of.doubts(), of.assumptions());
    }

    /** @param host that it names, where it names one */
    Source source(SourceBody body, @Nullable StoredHost host) {
        return source(host, body.of().capture(), body.xMigProperties(), body.qemu(), body.cpu());
    }

    /** @param field of the destination */
    CheckRequest.Destination destination(DestinationBody body, String field) {
        StoredHost host = named(field, body.of());
        return destination(
                body.request(name -> Objects.requireNonNull(host).capture()),
                host,
                body.load().nameOne() ? body.load().behaviour() : null,
                body.load().qemu(),
                body.cpu());
    }

    /** The host that a side names; looked up once, so that its list and its record are of one moment. */
    @Nullable
    StoredHost named(String field, HostFields side) {
        HostName name = side.host();
        return name == null ? null : host(field + ".host", name);
    }

    /**
     * A host by one of its names.
     *
     * @param field what names it
     * @throws UnresolvedReferenceException when no such host is known
     */
    StoredHost host(String field, HostName name) {
        return hosts.byName(name)
                .orElseThrow(() -> new UnresolvedReferenceException(
                        field,
                        name.text(),
                        "no host " + name + " is known: PUT its capture under /api/v1/hosts/" + name + " first"));
    }

    private static SideView view(ResolvedSide side, @Nullable HostName host) {
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
