package org.migreg.dashboard.drafts;

import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.expectation.ExpectationBody;
import org.migreg.dashboard.Done;
import org.migreg.dashboard.tables.ChangeCheck;
import org.migreg.dashboard.tables.Reasons;
import org.migreg.evaluation.LoadBehaviour;
import org.migreg.expectationstore.ExpectationStore;
import org.migreg.history.ExpectedVersion;
import org.migreg.policystore.PolicyStore;
import org.migreg.qemu.MachineType;
import org.migreg.question.expectation.ExpectationCheck;
import org.migreg.question.expectation.ExpectationOutcome;
import org.migreg.question.expectation.StoredExpectation;
import org.migreg.registry.expectation.StoredExpectations;
import org.migreg.revision.StaleVersionException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What must be possible, and whether it is. */
@Controller
public class ExpectationsPage {

    private static final int MOST_MOVES = 100;

    private final ExpectationStore store;
    private final StoredExpectations expectations;
    private final PolicyStore policies;
    private final ChangeCheck check;

    ExpectationsPage(ExpectationStore store, StoredExpectations expectations, PolicyStore policies, ChangeCheck check) {
        this.store = store;
        this.expectations = expectations;
        this.policies = policies;
        this.check = check;
    }

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
    String add(
            @ModelAttribute("form") ExpectationForm form,
            HttpServletResponse response,
            Principal principal,
            Model model,
            RedirectAttributes after) {
        String reasonError = Reasons.problem(form.reason());
        if (reasonError == null) {
            try {
                ExpectationBody body = form.toBody();
                StoredExpectation added = store.add(
                        body.toDomain(),
                        body.descriptionOrNothing(),
                        principal.getName(),
                        Objects.requireNonNullElse(form.reason(), "").strip());
                Done.add(after, added.revision(), "Expectation " + added.id() + " is added.");
                return "redirect:/expectations";
            } catch (InvalidFieldException | IllegalArgumentException refused) {
                model.addAttribute("refusal", refused.getMessage());
            }
        } else {
            model.addAttribute("reasonError", reasonError);
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return shownList(model);
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
            HttpServletResponse response,
            Principal principal,
            Model model,
            RedirectAttributes after) {
        String reasonError = Reasons.problem(form.reason());
        if (reasonError != null) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            model.addAttribute("reasonError", reasonError);
            return shown(store.current().get(id), version, model);
        }
        try {
            ExpectationBody body = form.toBody();
            StoredExpectation saved = store.replace(
                    id,
                    ExpectedVersion.of(version),
                    body.toDomain(),
                    body.descriptionOrNothing(),
                    principal.getName(),
                    Objects.requireNonNullElse(form.reason(), "").strip());
            Done.add(
                    after,
                    saved.revision() == version ? null : saved.revision(),
                    saved.revision() == version ? "Nothing was changed." : "Expectation " + id + " is changed.");
            return "redirect:/expectations";
        } catch (StaleVersionException stale) {
            response.setStatus(HttpStatus.CONFLICT.value());
            model.addAttribute(
                    "refusal", stale.getMessage() + ". What you typed stands here: saving again overwrites it");
            StoredExpectation now = store.current().get(id);
            return shown(now, now.revision(), model);
        } catch (InvalidFieldException | IllegalArgumentException refused) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            model.addAttribute("refusal", refused.getMessage());
            return shown(store.current().get(id), version, model);
        }
    }

    @PostMapping("/expectations/{id}/delete")
    String delete(
            @PathVariable long id,
            @RequestParam long version,
            @RequestParam(defaultValue = "") String reason,
            HttpServletResponse response,
            Principal principal,
            Model model,
            RedirectAttributes after) {
        String reasonError = Reasons.problem(reason);
        if (reasonError != null) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            model.addAttribute("reasonError", reasonError);
            return show(id, model);
        }
        try {
            store.remove(id, ExpectedVersion.of(version), principal.getName(), reason.strip());
            Done.add(after, store.current().revision(), "Expectation " + id + " is deleted.");
            return "redirect:/expectations";
        } catch (StaleVersionException stale) {
            response.setStatus(HttpStatus.CONFLICT.value());
            model.addAttribute("refusal", stale.getMessage());
            return show(id, model);
        }
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
