package org.migreg.dashboard.captures;

import static org.migreg.contract.InvalidFieldException.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.Capture;
import org.migreg.capture.CaptureId;
import org.migreg.capture.CaptureIndex;
import org.migreg.capture.StoredCapture;
import org.migreg.capturestore.CaptureStore;
import org.migreg.contract.capture.CaptureDiffView;
import org.migreg.contract.capture.CaptureSummary;
import org.migreg.dashboard.FieldDifference;
import org.migreg.hoststore.HostStore;
import org.migreg.hoststore.StoredHost;
import org.migreg.policystore.PolicyStore;
import org.migreg.qemu.Accelerator;
import org.migreg.question.side.NoSuchCaptureException;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterList;
import org.migreg.register.RegisterNames;
import org.migreg.register.RegisterValue;
import org.migreg.register.WritableMasks;
import org.springframework.beans.propertyeditors.StringTrimmerEditor;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** One capture opened, and what two of them have apart. */
@Controller
public record CapturePage(CaptureStore captures, HostStore hosts, PolicyStore policies) {

    private static final int SHOWN_HOSTS = 50;

    /** More captures than this are not all offered to compare with: pages name them by address. */
    private static final int MOST_CHOICES = 500;

    /**
     * One register of a capture.
     *
     * @param printed as the QEMU that lists it would print it
     * @param named whether the name is the architecture's or kernel's
     * @param mask which bits user space may change; null where the capture does not tell
     * @param counter whether it counts and never stands still
     */
    public record Line(
            String id,
            String name,
            String printed,
            boolean named,
            @Nullable String value,
            @Nullable String mask,
            boolean counter) {}

    @GetMapping("/captures/{id}")
    String open(@PathVariable String id, @RequestParam(required = false) @Nullable String find, Model model) {
        StoredCapture stored = captureOf("id", id);
        Capture capture = stored.capture();
        List<Line> lines = lines(capture);
        String wanted = find == null ? "" : find.toLowerCase(Locale.ROOT);
        List<StoredHost> having = hosts.matching(host -> host.capture().equals(stored.id()));
        model.addAttribute("capture", CaptureSummary.of(stored));
        model.addAttribute("caption", CaptureCaption.text(capture));
        model.addAttribute("find", find);
        model.addAttribute("registers", lines.size());
        model.addAttribute(
                "lines",
                lines.stream()
                        .filter(line -> line.name().toLowerCase(Locale.ROOT).contains(wanted)
                                || line.id().contains(wanted)
                                || line.printed().contains(wanted))
                        .toList());
        model.addAttribute("hosts", having.size());
        model.addAttribute(
                "someHosts",
                having.stream()
                        .limit(SHOWN_HOSTS)
                        .map(host -> host.name().text())
                        .toList());
        model.addAttribute("others", choices(captures.current(), stored));
        return "capture";
    }

    private static List<Line> lines(Capture capture) {
        RegisterList registers = capture.registers();
        WritableMasks masks = capture.masks();
        boolean tcg = capture.accelerator() == Accelerator.TCG;
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < registers.size(); i++) {
            RegisterId id = registers.registerAt(i);
            OptionalLong mask = masks == null ? OptionalLong.empty() : masks.given(id);
            lines.add(new Line(
                    id.toString(),
                    id.name(),
                    id.printedByQemu(tcg),
                    RegisterNames.lookUp(id) != null,
                    registers.hasValueAt(i) ? new RegisterValue(registers.valueAt(i)).toString() : null,
                    mask.isPresent() ? new RegisterValue(mask.getAsLong()).toString() : null,
                    Capture.isCounter(id)));
        }
        return lines;
    }

    /**
     * A value that differs.
     *
     * @param fields those that do; empty where the register's fields have no names
     * @param counter whether the register counts, so that it differs always
     */
    public record ValueDifference(
            CaptureDiffView.Difference difference, List<FieldDifference> fields, boolean counter) {}

    /** Forms send what is left empty, too. */
    @InitBinder
    void emptyIsNothing(WebDataBinder binder) {
        binder.registerCustomEditor(String.class, new StringTrimmerEditor(true));
    }

    @GetMapping("/captures/diff")
    String diff(
            @RequestParam(required = false) @Nullable String a,
            @RequestParam(required = false) @Nullable String b,
            Model model) {
        StoredCapture first = a == null ? null : captureOf("a", a);
        StoredCapture second = b == null ? null : captureOf("b", b);
        CaptureIndex index = captures.current();
        model.addAttribute("a", a);
        model.addAttribute("b", b);
        model.addAttribute("choices", choices(index, first, second));
        model.addAttribute("known", index.all().size());
        if (first == null || second == null) {
            return "capture-diff";
        }
        RegisterList listA = first.capture().registers();
        RegisterList listB = second.capture().registers();
        CaptureDiffView diff = CaptureDiffView.of(
                CaptureSummary.of(first),
                listA,
                CaptureSummary.of(second),
                listB,
                policies.current().table());
        model.addAttribute("diff", diff);
        model.addAttribute("captionA", CaptureCaption.text(first.capture()));
        model.addAttribute("captionB", CaptureCaption.text(second.capture()));
        model.addAttribute(
                "values",
                diff.differingValues().stream()
                        .map(difference -> values(difference, listA, listB))
                        .toList());
        return "capture-diff";
    }

    private static ValueDifference values(
            CaptureDiffView.Difference difference, RegisterList listA, RegisterList listB) {
        RegisterId id = RegisterId.parse(difference.register().id());
        long inA = listA.valueOf(id).orElseThrow();
        long inB = listB.valueOf(id).orElseThrow();
        return new ValueDifference(difference, FieldDifference.of(id, inA, inB), Capture.isCounter(id));
    }

    /** What can be compared: all, or of very many the first, and those that are chosen already. */
    private static List<CaptureCaption> choices(CaptureIndex index, @Nullable StoredCapture... chosen) {
        Stream<StoredCapture> offered = index.all().stream().limit(MOST_CHOICES);
        return Stream.concat(offered, Stream.of(chosen).filter(Objects::nonNull).map(Objects::requireNonNull))
                .distinct()
                .map(CaptureCaption::of)
                .toList();
    }

    private StoredCapture captureOf(String field, String id) {
        CaptureId wanted = reading(field, id, () -> new CaptureId(id));
        return captures.byId(wanted).orElseThrow(() -> new NoSuchCaptureException(wanted));
    }
}
