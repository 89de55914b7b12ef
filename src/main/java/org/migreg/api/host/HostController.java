package org.migreg.api.host;

import static org.migreg.contract.InvalidFieldException.reading;
import static org.migreg.contract.InvalidFieldException.required;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.migreg.api.operation.Problems;
import org.migreg.api.operation.Versioned;
import org.migreg.api.operation.Writes;
import org.migreg.capture.Capture;
import org.migreg.capture.CaptureId;
import org.migreg.capture.CaptureIndex;
import org.migreg.capture.HostName;
import org.migreg.capture.StoredCapture;
import org.migreg.capturestore.CaptureStore;
import org.migreg.contract.EntityVersion;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.ItemsView;
import org.migreg.contract.KernelView;
import org.migreg.contract.Paging;
import org.migreg.contract.history.RevisionView;
import org.migreg.contract.host.HostBody;
import org.migreg.contract.host.HostGroupView;
import org.migreg.contract.host.HostHistoryView;
import org.migreg.contract.host.HostView;
import org.migreg.contract.host.HostsBody;
import org.migreg.contract.host.HostsWrittenView;
import org.migreg.contract.problem.ProblemType;
import org.migreg.history.ExpectedVersion;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.hoststore.HostDetails;
import org.migreg.hoststore.HostPeriod;
import org.migreg.hoststore.HostReport;
import org.migreg.hoststore.HostStore;
import org.migreg.hoststore.HostWrite;
import org.migreg.hoststore.HostsWrite;
import org.migreg.hoststore.NoSuchHostException;
import org.migreg.hoststore.StoredHost;
import org.migreg.registry.HostQuestions;
import org.migreg.web.WriteHeader;
import org.migreg.web.WriteHeaders;
import org.migreg.web.errors.UnresolvedReferenceException;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/hosts")
@Tag(name = "Hosts", description = "Which capture each host has, and had before.")
record HostController(HostStore hosts, CaptureStore captures, HostQuestions questions) {

    @GetMapping
    @Operation(operationId = "listHosts", summary = "List hosts by name, or count them by capture")
    ItemsView<HostView> list(
            @Parameter(description = "uname -r of the host.", example = "6.12.107+deb13-arm64")
                    @RequestParam(required = false)
                    @Nullable
                    KernelRelease kernel,
            @Parameter(description = "Only hosts that have this capture.") @RequestParam(required = false) @Nullable
                    CaptureId capture,
            @ParameterObject Paging paging) {
        CaptureIndex index = captures.current();
        Predicate<CaptureId> wanted = wanted(index, kernel, capture);
        return paging.of(hosts.matching(host -> wanted.test(host.capture())), 100)
                .map(host -> view(index, host));
    }

    @GetMapping(params = "groupBy")
    @Operation(
            operationId = "listHosts",
            summary = "List hosts by name, or count them by capture",
            description =
                    "With groupBy, the captures that hosts have, those of most hosts first: a fleet has few lists.")
    ItemsView<HostGroupView> count(
            @Parameter(description = "Count instead of listing.", schema = @Schema(allowableValues = "capture"))
                    @RequestParam(required = false)
                    @Nullable
                    String groupBy,
            @RequestParam(required = false) @Nullable KernelRelease kernel,
            @RequestParam(required = false) @Nullable CaptureId capture,
            @ParameterObject Paging paging) {
        if (!"capture".equals(groupBy)) {
            throw new InvalidFieldException("groupBy", groupBy, "hosts can be counted only by 'capture'");
        }
        CaptureIndex index = captures.current();
        Predicate<CaptureId> wanted = wanted(index, kernel, capture);
        return paging.of(
                hosts.byCapture().entrySet().stream()
                        .filter(group -> wanted.test(group.getKey()))
                        .map(group -> HostGroupView.of(
                                group.getKey().text(),
                                content(index, group.getKey()),
                                group.getValue().size()))
                        .sorted((a, b) -> Long.compare(b.hosts(), a.hosts()))
                        .toList(),
                100);
    }

    private static Predicate<CaptureId> wanted(
            CaptureIndex index, @Nullable KernelRelease kernel, @Nullable CaptureId capture) {
        return id -> (capture == null || capture.equals(id))
                && (kernel == null || isOfKernel(content(index, id), kernel.text()));
    }

    private static boolean isOfKernel(@Nullable Capture capture, String release) {
        KernelRelease kernel = capture == null ? null : capture.kernel();
        return kernel != null && kernel.text().equals(release);
    }

    @GetMapping("/{name}")
    @Versioned
    @Operation(
            operationId = "getHost",
            summary = "Get a host with the captures that it has and had",
            description = "Its ETag is in the headers.")
    @Problems({ProblemType.UNKNOWN_HOST, ProblemType.DATABASE_UNAVAILABLE})
    ResponseEntity<HostHistoryView> get(@Parameter(example = "compute-17.example.org") @PathVariable HostName name) {
        StoredHost host = hosts.byName(name).orElseThrow(() -> new NoSuchHostException(name));
        return ResponseEntity.ok().eTag(etag(host)).body(withHistory(host));
    }

    @PutMapping("/{name}")
    @Writes({WriteHeader.IF_MATCH, WriteHeader.AUTHOR, WriteHeader.REASON})
    @Operation(
            operationId = "putHost",
            summary = "Say what a host has now: its capture, other names, QEMU, CPU options and kernel",
            description =
                    "What it had before stays in its history. What is recorded already changes nothing but when the host"
                            + " was last heard of; what is left out stays. Without If-Match the last write wins.",
            responses = {
                @ApiResponse(responseCode = "200", description = "Known before; its ETag in the headers."),
                @ApiResponse(responseCode = "201", description = "Added; its ETag and address in the headers.")
            })
    @Problems(ProblemType.UNRESOLVED_REFERENCE)
    ResponseEntity<HostHistoryView> put(
            @Parameter(example = "compute-17.example.org") @PathVariable HostName name,
            @RequestBody HostBody body,
            WriteHeaders headers) {
        HostName host = ownName(name);
        headers.requireHost(host.toString());
        HostReport report = report(host, "", body);
        ExpectedVersion expected = headers.expectedOrAny();
        WriteHeaders.Context context = headers.context("Host " + host + " has another record");
        HostWrite write = reading(
                "names",
                String.valueOf(body.names()),
                () -> hosts.report(host, report, expected, context.author(), context.reason()));
        ResponseEntity.BodyBuilder answer = write.created()
                ? ResponseEntity.created(URI.create("/api/v1/hosts/" + host))
                : ResponseEntity.status(HttpStatus.OK);
        return answer.eTag(etag(write.host())).body(withHistory(write.host()));
    }

    @PostMapping("/batch")
    @Writes
    @Operation(
            operationId = "putHosts",
            summary = "Say what many hosts have now",
            description =
                    "In one revision: all of them or none. Hosts that are not named keep what they have. A host that has"
                            + " already what is said of it is not changed, only heard of, so that the whole fleet can be sent each"
                            + " time. The last write wins.")
    @Problems(ProblemType.UNRESOLVED_REFERENCE)
    HostsWrittenView putAll(@RequestBody HostsBody body, WriteHeaders headers) {
        Map<HostName, HostReport> wanted = new HashMap<>();
        for (int i = 0; i < body.hosts().size(); i++) {
            HostsBody.Item item = body.hosts().get(i);
            String field = "hosts[" + i + "].";
            HostName own = ownName(item.name());
            if (wanted.put(own, report(own, field, item.says())) != null) {
                throw new InvalidFieldException(
                        field + "name", item.name(), "the batch names the host " + own + " twice: name it once");
            }
        }
        WriteHeaders.Context context = headers.context("Records of " + wanted.size() + " hosts");
        HostsWrite write = reading(
                "hosts", wanted.size() + " hosts", () -> hosts.reportAll(wanted, context.author(), context.reason()));
        return new HostsWrittenView(write.revision(), write.created(), write.changed(), write.unchanged());
    }

    /** A host by another of its names is that host. */
    private HostName ownName(HostName name) {
        return hosts.byName(name).map(StoredHost::name).orElse(name);
    }

    /** Of the QEMU, where nothing is said of it, what the capture says that was taken with it. */
    private HostReport report(HostName name, String prefix, HostBody says) {
        CaptureId capture = says.capture();
        if (capture == null && hosts.byName(name).isEmpty()) {
            throw new InvalidFieldException(
                    prefix + "capture",
                    null,
                    "the host " + name + " is not known yet: give the id of a capture that was posted");
        }
        StoredCapture stored = capture == null
                ? null
                : captures.byId(capture)
                        .orElseThrow(() -> new UnresolvedReferenceException(
                                prefix + "capture",
                                capture.text(),
                                "no capture " + capture + " is known: post it under /api/v1/captures first"));
        List<HostName> names = says.names();
        return new HostReport(
                capture,
                names == null
                        ? null
                        : names.stream().filter(other -> !other.equals(name)).collect(Collectors.toSet()),
                says.qemu() != null || stored == null
                        ? says.qemu()
                        : stored.capture().qemu(),
                says.xMigProperties(),
                says.cpu(),
                says.kernel() != null ? says.kernel() : kernelOf(name, stored));
    }

    /** A capture that the host did not have was taken on what it runs; one that is sent again tells nothing new. */
    private @Nullable KernelRelease kernelOf(HostName name, @Nullable StoredCapture stored) {
        if (stored == null) {
            return null;
        }
        boolean isKnown = hosts.byName(name)
                .filter(host -> host.capture().equals(stored.id()))
                .isPresent();
        return isKnown ? null : stored.capture().kernel();
    }

    @DeleteMapping("/{name}")
    @Writes({WriteHeader.IF_MATCH, WriteHeader.AUTHOR, WriteHeader.REASON})
    @Operation(
            operationId = "deleteHost",
            summary = "Delete a host",
            description = "The revisions keep what it had.",
            responses = @ApiResponse(responseCode = "204", description = "Deleted."))
    @Problems({ProblemType.UNKNOWN_HOST, ProblemType.PRECONDITION_REQUIRED})
    ResponseEntity<Void> delete(
            @Parameter(example = "compute-17.example.org") @PathVariable HostName name, WriteHeaders headers) {
        ExpectedVersion expected = headers.expected();
        HostName host = ownName(name);
        WriteHeaders.Context context = headers.context("Delete host " + host);
        hosts.remove(host, expected, context.author(), context.reason());
        return ResponseEntity.noContent().build();
    }

    private static String etag(StoredHost host) {
        return new EntityVersion(host.revision()).etag();
    }

    private HostHistoryView withHistory(StoredHost host) {
        return new HostHistoryView(
                view(captures.current(), host),
                hosts.history(host.name()).stream().map(HostController::view).toList());
    }

    private static HostHistoryView.Period view(HostPeriod period) {
        return new HostHistoryView.Period(
                period.capture().text(),
                RevisionView.of(period.begun()),
                period.ended() == null ? null : RevisionView.of(period.ended()));
    }

    private HostView view(CaptureIndex index, StoredHost host) {
        Capture content = content(index, host.capture());
        HostDetails details = host.details();
        return new HostView(
                host.name().text(),
                host.capture().text(),
                content == null ? null : KernelView.ofNullable(content.kernel()),
                content == null ? null : content.cpuModel(),
                details.names().stream().map(HostName::text).toList(),
                details.qemu() == null ? null : details.qemu().text(),
                details.xMigProperties(),
                details.cpu() == null ? null : details.cpu().toString(),
                hosts.lastSeen(host).at(),
                questions.whyStale(host),
                host.since(),
                host.revision());
    }

    private static @Nullable Capture content(CaptureIndex index, CaptureId id) {
        return index.byId(id).map(StoredCapture::capture).orElse(null);
    }
}
