package org.migreg.dashboard.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.Capture;
import org.migreg.capture.CaptureId;
import org.migreg.capture.CaptureIndex;
import org.migreg.capture.StoredCapture;
import org.migreg.capturestore.CaptureStore;
import org.migreg.contract.InvalidFieldException;
import org.migreg.dashboard.DraftEditing;
import org.migreg.dashboard.EntryForm;
import org.migreg.dashboard.PageAddress;
import org.migreg.dashboard.SentForm;
import org.migreg.draftstore.DraftClosedException;
import org.migreg.draftstore.DraftName;
import org.migreg.draftstore.StoredDraft;
import org.migreg.evaluation.Finding;
import org.migreg.evaluation.LoadBehaviour;
import org.migreg.evaluation.Severity;
import org.migreg.policy.NoSuchMachineTypeException;
import org.migreg.policy.PolicyEntry;
import org.migreg.policy.TableRevision;
import org.migreg.policy.change.TableEdit;
import org.migreg.policystore.PolicyStore;
import org.migreg.question.advice.Advice;
import org.migreg.question.advice.AdviceRequest;
import org.migreg.question.advice.AdvisedEntry;
import org.migreg.question.advice.Advisor;
import org.migreg.question.advice.BlockedMove;
import org.migreg.question.fleet.CapturedHost;
import org.migreg.question.fleet.CapturedHosts;
import org.migreg.question.fleet.HostKind;
import org.migreg.question.fleet.HostPair;
import org.migreg.question.side.CheckRequest;
import org.migreg.question.side.CheckResult;
import org.migreg.question.side.SideRequest;
import org.migreg.registry.CurrentHosts;
import org.migreg.registry.PreMigrationCheck;
import org.migreg.registry.draft.Drafting;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** One move opened: the verdict, what decides, what QEMU would print, and what would cure it. */
@Controller
public record CellPage(
        PreMigrationCheck check,
        PolicyStore policies,
        CaptureStore captures,
        CurrentHosts knownHosts,
        Drafting drafting,
        DraftEditing draftEditing) {

    private static final int SHORTEST_ID = 8;
    private static final int MOST_SHOWN_AT_ONCE = 12;

    /** An advised entry, and the form where it can be changed and kept. */
    public record Proposal(AdvisedEntry advised, String address) {}

    /**
     * A value that the destination refuses whatever the tables say.
     *
     * @param entryAddress of the form of an entry that cures it at a price; null where there is none
     */
    public record Refused(
            BlockedMove.RefusedValue value, @Nullable String entryAddress) {
        static Refused of(BlockedMove.RefusedValue value) {
            PolicyEntry entry = value.cure().entry();
            return new Refused(value, entry == null ? null : EntryForm.addressOfNew(entry.content()));
        }
    }

    @GetMapping("/matrix/cell")
    String show(@ModelAttribute MatrixQuery query, @RequestParam String from, @RequestParam String to, Model model) {
        CaptureIndex index = captures.current();
        StoredCapture source = byStart(index, "from", from);
        StoredCapture destination = byStart(index, "to", to);
        TableRevision tables = policies.currentOr(query.revision());
        String machineType = machineType(query, tables);
        CheckResult there = check(query, machineType, source, destination);
        CheckResult back = check(query, machineType, destination, source);
        model.addAttribute("query", query);
        model.addAttribute("fromId", source.id().start(MatrixQuery.DIGITS));
        model.addAttribute("toId", destination.id().start(MatrixQuery.DIGITS));
        model.addAttribute("machineType", machineType);
        model.addAttribute("from", label(source));
        model.addAttribute("to", label(destination));
        model.addAttribute("fromCapture", source);
        model.addAttribute("toCapture", destination);
        model.addAttribute("result", there);
        model.addAttribute("sign", Sign.of(there.evaluation().verdict()));
        model.addAttribute("backSign", Sign.of(back.evaluation().verdict()));
        model.addAttribute("here", query.cellAddress(machineType, source.id(), destination.id()));
        model.addAttribute("backAddress", query.cellAddress(machineType, destination.id(), source.id()));
        model.addAttribute("matrixAddress", matrixAddress(query, machineType, source.capture()));
        List<Reason> deciding = new ArrayList<>();
        List<Reason> others = new ArrayList<>();
        for (Finding finding : there.evaluation().findings()) {
            Reason reason = Reason.of(finding, source.capture(), destination.capture(), tables.table(), machineType);
            (decides(finding, there) ? deciding : others).add(reason);
        }
        model.addAttribute(
                "deciding", deciding.stream().limit(MOST_SHOWN_AT_ONCE).toList());
        model.addAttribute(
                "moreDeciding", deciding.stream().skip(MOST_SHOWN_AT_ONCE).toList());
        model.addAttribute("others", others);
        if (!there.evaluation().verdict().mayMigrate() && !source.id().equals(destination.id())) {
            Advice advice = advice(query, machineType, source, destination, tables, index);
            model.addAttribute("advice", advice);
            model.addAttribute(
                    "proposals",
                    advice.entries().stream()
                            .map(advised -> new Proposal(
                                    advised,
                                    EntryForm.addressOfNew(advised.entry().content())))
                            .toList());
            model.addAttribute(
                    "refused",
                    advice.forbidden().stream()
                            .flatMap(blocked -> blocked.refusals().stream())
                            .map(Refused::of)
                            .toList());
            model.addAttribute("cpuOption", cpuOption(advice));
            model.addAttribute("drafts", draftEditing.offered());
            model.addAttribute(
                    "carriesProperties",
                    there.evaluation().qemuOutcome().behaviour() instanceof LoadBehaviour.XMigProperties);
        }
        model.addAttribute(
                "messages", String.join("\n", there.evaluation().qemuOutcome().messages()));
        model.addAttribute(
                "question",
                question(
                        ServletUriComponentsBuilder.fromCurrentContextPath().toUriString(),
                        query,
                        machineType,
                        source,
                        destination));
        return "cell";
    }

    /** All advised entries, one click away from being published. */
    @PostMapping("/matrix/cell/draft")
    String draft(
            @ModelAttribute MatrixQuery query,
            @RequestParam String from,
            @RequestParam String to,
            @RequestParam(defaultValue = "") String draft,
            SentForm sent) {
        CaptureIndex index = captures.current();
        StoredCapture source = byStart(index, "from", from);
        StoredCapture destination = byStart(index, "to", to);
        TableRevision tables = policies.current();
        String machineType = machineType(query, tables);
        String cell = query.cellAddress(machineType, source.id(), destination.id());
        Advice advice = advice(query, machineType, source, destination, tables, index);
        List<TableEdit> cure = advice.entries().stream()
                .<TableEdit>map(
                        advised -> new TableEdit.AddEntry(advised.entry().content()))
                .toList();
        if (cure.isEmpty()) {
            return sent.done("The newest tables need no entry for it: no draft was made.", null, cell);
        }
        String move = machineType + " from " + label(source) + " to " + label(destination);
        try {
            StoredDraft kept = draft.isEmpty()
                    ? drafting.create(
                            draftEditing.free(machineType + "-" + label(source) + "-to-" + label(destination)),
                            description(move, advice),
                            null,
                            base -> cure,
                            sent.author())
                    : drafting.add(
                            InvalidFieldException.reading("draft", draft, () -> new DraftName(draft)),
                            cure,
                            sent.author());
            return sent.done(
                    "What would cure " + move + " is in the draft; the tables are as before.",
                    null,
                    "/drafts/{draft}",
                    kept.name());
        } catch (DraftClosedException | NoSuchMachineTypeException | IllegalArgumentException refused) {
            return sent.done("Draft " + draft + " does not take it: " + refused.getMessage(), null, cell);
        }
    }

    private static String description(String move, Advice advice) {
        String option = cpuOption(advice);
        return "Cures " + move + (option == null ? "" : ". Its guests must also be started with -cpu " + option);
    }

    /** With what guests must be started, besides what the tables can do; null where that helps nothing. */
    private static @Nullable String cpuOption(Advice advice) {
        Set<String> properties = new TreeSet<>();
        for (BlockedMove blocked : advice.forbidden()) {
            for (BlockedMove.RefusedValue refusal : blocked.refusals()) {
                String property = refusal.cure().cpuProperty();
                if (property != null) {
                    properties.add(property);
                }
            }
        }
        return properties.isEmpty() ? null : "host," + String.join(",", properties);
    }

    private static String machineType(MatrixQuery query, TableRevision tables) {
        String machineType = InvalidFieldException.required(
                "machineType", query.machineType(), "the guests' machine type, such as virt-10.1");
        return tables.table().require(machineType).name();
    }

    @GetMapping("/matrix/row")
    String row(@ModelAttribute MatrixQuery query, @RequestParam String from, Model model) {
        CaptureIndex index = captures.current();
        StoredCapture source = byStart(index, "from", from);
        String machineType = machineType(query, policies.currentOr(query.revision()));
        Capture capture = source.capture();
        List<StoredCapture> destinations = index.all().stream()
                .filter(other -> other.capture().kernel() != null
                        && !other.id().equals(source.id())
                        && HostKind.of(other.capture()).equals(HostKind.of(capture)))
                .toList();
        List<RowMove> moves = new ArrayList<>();
        for (StoredCapture destination : destinations) {
            CheckResult there = check(query, machineType, source, destination);
            CheckResult back = check(query, machineType, destination, source);
            moves.add(new RowMove(
                    label(destination),
                    Sign.of(there.evaluation().verdict()),
                    there.evaluation().summary(),
                    query.cellAddress(machineType, source.id(), destination.id()),
                    Sign.of(back.evaluation().verdict()),
                    query.cellAddress(machineType, destination.id(), source.id())));
        }
        model.addAttribute("machineType", machineType);
        model.addAttribute("from", label(source));
        model.addAttribute("fromCapture", source);
        model.addAttribute("moves", moves);
        model.addAttribute("matrixAddress", matrixAddress(query, machineType, capture));
        return "row";
    }

    /** Both ways between one kernel and another. */
    public record RowMove(String kernel, Sign there, String summary, String address, Sign back, String backAddress) {}

    private static boolean decides(Finding finding, CheckResult result) {
        Severity least = result.evaluation().verdict().mayMigrate() ? Severity.WARNING : Severity.UNKNOWN;
        return finding.severity().compareTo(least) <= 0;
    }

    private CheckResult check(MatrixQuery query, String machineType, StoredCapture source, StoredCapture destination) {
        return check.check(new CheckRequest(
                        machineType,
                        new SideRequest.OfCapture(source.id()),
                        query.sourceXMigProperties(),
                        List.of(new CheckRequest.Destination(
                                new SideRequest.OfCapture(destination.id()), query.behaviour())),
                        query.revision()))
                .getFirst();
    }

    /** For builds that carry the properties, whatever the destination's QEMU is. */
    private Advice advice(
            MatrixQuery query,
            String machineType,
            StoredCapture source,
            StoredCapture destination,
            TableRevision tables,
            CaptureIndex index) {
        CapturedHosts known = knownHosts.of(index);
        CapturedHost from = Objects.requireNonNull(known.hostOf(source.id()), "a capture of this very index");
        CapturedHost to = Objects.requireNonNull(known.hostOf(destination.id()), "a capture of this very index");
        return Advisor.advise(new AdviceRequest(
                tables.table(), machineType, query.sourceXMigProperties(), List.of(new HostPair(from, to))));
    }

    private static StoredCapture byStart(CaptureIndex index, String field, String given) {
        String start = given.startsWith(CaptureId.PREFIX) ? given.substring(CaptureId.PREFIX.length()) : given;
        if (start.length() < SHORTEST_ID || !start.matches("[0-9a-f]+")) {
            throw new InvalidFieldException(
                    field, given, "'" + field + "' is the id of a capture, or its first 8 digits or more");
        }
        List<StoredCapture> found = index.all().stream()
                .filter(stored -> stored.id().text().startsWith(CaptureId.PREFIX + start))
                .toList();
        if (found.size() != 1) {
            throw new InvalidFieldException(
                    field,
                    given,
                    found.isEmpty()
                            ? "there is no capture whose id begins so"
                            : "several captures have ids that begin so: give more of it");
        }
        return found.getFirst();
    }

    private static String label(StoredCapture stored) {
        var kernel = stored.capture().kernel();
        return kernel == null ? "capture " + stored.id().start(MatrixQuery.DIGITS) : kernel.text();
    }

    private static String matrixAddress(MatrixQuery query, String machineType, Capture source) {
        Map<String, Object> parameters = query.circumstances(machineType);
        String cpuModel = source.cpuModel();
        if (cpuModel != null) {
            parameters.put("cpuModel", cpuModel);
        }
        parameters.put("accelerator", source.accelerator().toString());
        String features = source.vcpuFeatureSet();
        if (features != null) {
            parameters.put("vcpuFeatureSet", features);
        }
        return PageAddress.of("/matrix", parameters);
    }

    /** The same question for a program. */
    private static String question(
            String address, MatrixQuery query, String machineType, StoredCapture source, StoredCapture destination) {
        LoadBehaviour behaviour = query.behaviour();
        return """
                curl -s %s/api/v1/evaluations -H 'Content-Type: application/json' -d '{
                  "machineType": "%s",
                  "source": {"capture": "%s"%s},
                  "destination": {"capture": "%s", "loadBehaviour": "%s"%s}%s
                }'""".formatted(
                        address,
                        machineType,
                        source.id(),
                        query.sourceXMigProperties() ? "" : ", \"xMigProperties\": false",
                        destination.id(),
                        behaviour.apiName(),
                        behaviour instanceof LoadBehaviour.Tolerances tolerances && tolerances.fromTable()
                                ? ", \"tolerances\": \"TABLE\""
                                : "",
                        query.revision() == null ? "" : ",\n  \"revision\": " + query.revision());
    }
}
