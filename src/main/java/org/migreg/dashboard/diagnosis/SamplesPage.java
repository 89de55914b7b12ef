package org.migreg.dashboard.diagnosis;

import java.util.List;
import org.migreg.dashboard.SentForm;
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

/** Logs that were not understood and were kept, for administrators. */
@Controller
public record SamplesPage(SampleStore samples) {

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
            SentForm sent,
            Model model) {
        String refusal = "The log was not kept: nobody agreed to it.";
        if (consent) {
            try {
                List<String> texts = List.of(log.strip(), note.strip());
                texts = mask ? LogMasking.masked(texts) : texts;
                UnreadSample kept = samples.keep(texts.getFirst(), mask, texts.getLast(), sent.author());
                return sent.done(
                        "The log is kept. Look whether it says more than it should.", null, "/samples/{id}", kept.id());
            } catch (IllegalArgumentException | SamplesFullException refused) {
                refusal = "The log was not kept: " + refused.getMessage();
            }
        }
        sent.refuse(HttpStatus.UNPROCESSABLE_CONTENT, "refusal", refusal);
        return list(model);
    }

    @PostMapping("/samples/{id}/delete")
    String delete(@PathVariable long id, SentForm sent) {
        samples.delete(id);
        return sent.done("Sample " + id + " is deleted.", null, "/samples");
    }
}
