package org.migreg.dashboard.drafts;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.migreg.contract.expectation.ExpectationBody;
import org.migreg.dashboard.SentForm;
import org.migreg.dashboard.tables.ChangeCheck;
import org.migreg.evaluation.LoadBehaviour;
import org.migreg.expectationstore.ExpectationStore;
import org.migreg.history.ExpectedVersion;
import org.migreg.policystore.PolicyStore;
import org.migreg.qemu.MachineType;
import org.migreg.question.expectation.ExpectationCheck;
import org.migreg.question.expectation.ExpectationOutcome;
import org.migreg.question.expectation.StoredExpectation;
import org.migreg.registry.expectation.StoredExpectations;
import org.migreg.registry.publication.WritersScope;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What must be possible, and whether it is. */
@Controller
public record ExpectationsPage(
        ExpectationStore store,
        StoredExpectations expectations,
        PolicyStore policies,
        ChangeCheck check,
        WritersScope scope) {

    private static final int MOST_MOVES = 100;

    @GetMapping("/expectations")
    String list(Model model) {
        model.addAttribute("form", ExpectationForm.blank());
        return shownList(model);
    }

    private String shownList(Model model) {
        choices(model);
        model.addAttribute("tried", expectations.outcomes(policies.current().table()));
        return "expectations/list";
    }

    @PostMapping("/expectations")
    String add(@ModelAttribute("form") ExpectationForm form, SentForm sent, Model model) {
        if (!sent.saysWhy()) {
            return shownList(model);
        }
        return sent.attempt(
                HttpStatus.UNPROCESSABLE_CONTENT,
                () -> {
                    ExpectationBody body = form.toBody();
                    scope.require(body.toDomain().machineType());
                    StoredExpectation added =
                            store.add(body.toDomain(), body.descriptionOrNothing(), sent.author(), sent.reason());
                    return sent.done("Expectation " + added.id() + " is added.", added.revision(), "/expectations");
                },
                () -> shownList(model));
    }

    @GetMapping("/expectations/{id}")
    String show(@PathVariable long id, Model model) {
        StoredExpectation stored = store.current().get(id);
        model.addAttribute("form", ExpectationForm.of(stored));
        return shown(stored, stored.revision(), model);
    }

    private String shown(StoredExpectation stored, long version, Model model) {
        choices(model);
        ExpectationOutcome outcome = ExpectationCheck.of(
                        List.of(stored.expectation()),
                        policies.current().table(),
                        check.knownHosts().hosts())
                .getFirst();
        List<ExpectationOutcome.FailingMove> moves = new ArrayList<>(outcome.failing());
        moves.addAll(outcome.undecided());
        model.addAttribute("stored", stored);
        model.addAttribute("version", version);
        model.addAttribute("outcome", outcome);
        model.addAttribute("moves", moves.subList(0, Math.min(MOST_MOVES, moves.size())));
        return "expectations/expectation";
    }

    @PostMapping("/expectations/{id}")
    String replace(
            @PathVariable long id,
            @RequestParam long version,
            @ModelAttribute("form") ExpectationForm form,
            SentForm sent,
            Model model) {
        if (!sent.saysWhy()) {
            return shown(store.current().get(id), version, model);
        }
        return sent.attempt(
                HttpStatus.UNPROCESSABLE_CONTENT,
                () -> {
                    ExpectationBody body = form.toBody();
                    requireScope(id);
                    scope.require(body.toDomain().machineType());
                    StoredExpectation saved = store.replace(
                            id,
                            ExpectedVersion.of(version),
                            body.toDomain(),
                            body.descriptionOrNothing(),
                            sent.author(),
                            sent.reason());
                    boolean isChanged = saved.revision() != version;
                    return sent.done(
                            isChanged ? "Expectation " + id + " is changed." : "Nothing was changed.",
                            isChanged ? saved.revision() : null,
                            "/expectations");
                },
                stale -> {
                    model.addAttribute(
                            "refusal", stale.getMessage() + ". What you typed stands here: saving again overwrites it");
                    StoredExpectation now = store.current().get(id);
                    return shown(now, now.revision(), model);
                },
                () -> shown(store.current().get(id), version, model));
    }

    @PostMapping("/expectations/{id}/delete")
    String delete(@PathVariable long id, @RequestParam long version, SentForm sent, Model model) {
        if (!sent.saysWhy()) {
            return show(id, model);
        }
        return sent.attempt(
                HttpStatus.CONFLICT,
                () -> {
                    requireScope(id);
                    store.remove(id, ExpectedVersion.of(version), sent.author(), sent.reason());
                    return sent.done(
                            "Expectation " + id + " is deleted.",
                            store.current().revision(),
                            "/expectations");
                },
                () -> show(id, model));
    }

    private void requireScope(long id) {
        scope.require(store.current().get(id).expectation().machineType());
    }

    private void choices(Model model) {
        model.addAttribute(
                "machineTypes",
                policies.current().table().machineTypes().stream()
                        .map(MachineType::name)
                        .toList()
                        .reversed());
        TreeSet<String> cpuModels = new TreeSet<>();
        TreeSet<String> kernelStreams = new TreeSet<>();
        check.knownHosts().hosts().forEach(host -> {
            String cpuModel = host.capture().cpuModel();
            if (cpuModel != null) {
                cpuModels.add(cpuModel);
            }
        });
        check.knownKernels()
                .forEach(kernel -> kernelStreams.add(kernel.kernelStream().id()));
        model.addAttribute("cpuModels", cpuModels);
        model.addAttribute("kernelStreams", kernelStreams);
        model.addAttribute("destinationQemus", LoadBehaviour.Spec.usualFirst());
    }
}
