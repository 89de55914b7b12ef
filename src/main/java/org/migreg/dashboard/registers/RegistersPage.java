package org.migreg.dashboard.registers;

import static org.migreg.contract.InvalidFieldException.reading;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.StoredCapture;
import org.migreg.capturestore.CaptureStore;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.ItemsView;
import org.migreg.contract.register.RegisterView;
import org.migreg.policy.PolicyEntry;
import org.migreg.policystore.PolicyStore;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterNames;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Registers by name or id, and one of them opened. */
@Controller
public record RegistersPage(CaptureStore captures, PolicyStore policies) {

    private static final int PAGE = 100;

    /**
     * A register in a list of them.
     *
     * @param captures how many captures list it
     * @param entries how many entries of any machine type name it
     */
    public record Line(RegisterView register, long captures, int entries) {}

    @GetMapping("/registers")
    String search(
            @RequestParam(defaultValue = "") String query, @RequestParam(defaultValue = "0") long offset, Model model) {
        if (query.length() > 200) {
            throw new InvalidFieldException("query", query, "a query has at most 200 characters");
        }
        List<StoredCapture> all = captures.current().all();
        Map<RegisterId, Integer> entries = new HashMap<>();
        for (PolicyEntry entry : policies.current().table().allEntries()) {
            entries.merge(entry.register(), 1, Integer::sum);
        }
        ItemsView<RegisterId> found = ItemsView.page(RegisterNames.search(query), offset, PAGE);
        model.addAttribute("query", query);
        model.addAttribute("page", found);
        model.addAttribute("captures", all.size());
        model.addAttribute(
                "lines",
                found.items().stream()
                        .map(id -> new Line(RegisterView.of(id), listing(all, id), entries.getOrDefault(id, 0)))
                        .toList());
        model.addAttribute(
                "known",
                entries.keySet().stream().sorted().map(RegisterView::of).toList());
        return "registers";
    }

    private static long listing(List<StoredCapture> all, RegisterId id) {
        return all.stream()
                .filter(stored -> stored.capture().registers().contains(id))
                .count();
    }

    @GetMapping("/registers/{idOrName}")
    String open(@PathVariable String idOrName, @RequestParam(required = false) @Nullable String hosts, Model model) {
        RegisterId id = reading("idOrName", idOrName, () -> RegisterId.parseLenient(idOrName));
        List<StoredCapture> all = captures.current().all();
        Exposure exposure = Exposure.of(id, all);
        model.addAttribute("register", RegisterView.of(id));
        model.addAttribute("exposure", exposure);
        model.addAttribute("values", ValuesByKernel.of(id, all, hosts));
        model.addAttribute(
                "entries",
                policies.current().table().allEntries().stream()
                        .filter(entry -> entry.register().equals(id))
                        .sorted(Comparator.comparing(PolicyEntry::property))
                        .toList());
        return "register";
    }
}
