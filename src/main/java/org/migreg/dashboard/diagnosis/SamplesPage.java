package org.migreg.dashboard.diagnosis;

import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.List;
import org.migreg.dashboard.Done;
import org.migreg.question.sample.LogMasking;
import org.migreg.samplestore.SampleStore;
import org.migreg.samplestore.SamplesFullException;
import org.migreg.samplestore.UnreadSample;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Logs that were not understood and were kept, for administrators. */
@Controller
public class SamplesPage {

    private final SampleStore samples;

    SamplesPage(SampleStore samples) {
        this.samples = samples;
    }

    @GetMapping("/samples")
    String list(Model model) {
        model.addAttribute("samples", samples.all());
        model.addAttribute("most", SampleStore.MOST);
        return "samples/list";
    }

    @GetMapping("/samples/{id}")
    String show(@PathVariable long id, Model model) {
        model.addAttribute("sample", samples.get(id));
        return "samples/sample";
    }

    @PostMapping("/samples")
    String keep(
            @RequestParam String log,
            @RequestParam(defaultValue = "false") boolean consent,
            @RequestParam(defaultValue = "false") boolean mask,
            @RequestParam(defaultValue = "") String note,
            HttpServletResponse response,
            Principal principal,
            Model model,
            RedirectAttributes after) {
        String refusal = null;
        if (!consent) {
            refusal = "The log was not kept: nobody agreed to it.";
        } else {
            try {
                List<String> texts = List.of(log.strip(), note.strip());
                texts = mask ? LogMasking.masked(texts) : texts;
                UnreadSample kept = samples.keep(texts.getFirst(), mask, texts.getLast(), principal.getName());
                Done.add(after, (Long) null, "The log is kept. Look whether it says more than it should.");
                after.addAttribute("id", kept.id());
                return "redirect:/samples/{id}";
            } catch (IllegalArgumentException | SamplesFullException refused) {
                refusal = "The log was not kept: " + refused.getMessage();
            }
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        model.addAttribute("refusal", refusal);
        return list(model);
    }

    @PostMapping("/samples/{id}/delete")
    String delete(@PathVariable long id, RedirectAttributes after) {
        samples.delete(id);
        Done.add(after, (Long) null, "Sample " + id + " is deleted.");
        return "redirect:/samples";
    }
}
