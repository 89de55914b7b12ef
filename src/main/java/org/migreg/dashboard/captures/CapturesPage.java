package org.migreg.dashboard.captures;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.Capture;
import org.migreg.capture.CaptureId;
import org.migreg.capture.CaptureIndex;
import org.migreg.capture.HostName;
import org.migreg.capture.SaidOfHost;
import org.migreg.capture.StoredCapture;
import org.migreg.capturestore.CaptureStore;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.ItemsView;
import org.migreg.contract.capture.CaptureFilter;
import org.migreg.contract.capture.CaptureSummary;
import org.migreg.contract.capture.HostFacts;
import org.migreg.format.CaptureFormats;
import org.migreg.history.Revision;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.hoststore.HostStore;
import org.springframework.beans.propertyeditors.StringTrimmerEditor;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.util.UriComponentsBuilder;

/** All captures, and where files of new ones are given: looked at first, stored then. */
@Controller
public record CapturesPage(CaptureStore captures, HostStore hosts) {

    private static final int PAGE = 100;

    /** A capture in a list, and how many hosts have it now. */
    public record Line(CaptureSummary capture, int hosts) {}

    @GetMapping("/captures")
    String list(
            @ModelAttribute CaptureFilter filter,
            @RequestParam(defaultValue = "0") long offset,
            HttpServletRequest request,
            Model model) {
        show(filter, offset, request.getQueryString(), model);
        model.addAttribute("upload", HostFacts.NONE);
        model.addAttribute("problems", Map.of());
        return "captures";
    }

    /** Reads the files and says what was understood; stores nothing. */
    @PostMapping("/captures/look")
    String look(
            @ModelAttribute("upload") HostFacts upload,
            @RequestParam(name = "file", required = false) @Nullable List<MultipartFile> files,
            @RequestParam(required = false) @Nullable String reason,
            Model model) {
        Map<String, String> problems = new LinkedHashMap<>();
        SaidOfHost said = said(upload, problems);
        List<MultipartFile> given = given(files, problems);
        if (problems.isEmpty()) {
            model.addAttribute("outcome", Upload.of(given, said).look(captures));
        }
        return answer(upload, reason, problems, model);
    }

    /** Stores the captures of all files, or of none. */
    @PostMapping("/captures")
    String store(
            @ModelAttribute("upload") HostFacts upload,
            @RequestParam(name = "file", required = false) @Nullable List<MultipartFile> files,
            @RequestParam(required = false) @Nullable String reason,
            Principal author,
            Model model) {
        Map<String, String> problems = new LinkedHashMap<>();
        SaidOfHost said = said(upload, problems);
        List<MultipartFile> given = given(files, problems);
        if (reason == null || reason.length() > Revision.LONGEST_REASON) {
            problems.put("reason", "say in 1 to 2,000 characters why these captures come in");
        }
        if (problems.isEmpty() && reason != null) {
            Upload read = Upload.of(given, said);
            model.addAttribute(
                    "outcome", read.isFine() ? read.store(captures, author.getName(), reason) : read.look(captures));
        }
        return answer(upload, reason, problems, model);
    }

    private static SaidOfHost said(HostFacts facts, Map<String, String> problems) {
        return facts.said(refused -> problems.put(refused.field(), String.valueOf(refused.getMessage())));
    }

    /** Without what browsers send for an input in which no file was chosen. */
    private static List<MultipartFile> given(@Nullable List<MultipartFile> files, Map<String, String> problems) {
        List<MultipartFile> given = Objects.requireNonNullElse(files, List.<MultipartFile>of()).stream()
                .filter(file -> !file.isEmpty()
                        || !Objects.requireNonNullElse(file.getOriginalFilename(), "")
                                .isEmpty())
                .toList();
        if (given.isEmpty()) {
            problems.put("file", "choose one file at least, or drop some on the form");
        }
        return given;
    }

    private String answer(HostFacts upload, @Nullable String reason, Map<String, String> problems, Model model) {
        show(CaptureFilter.NONE, 0, null, model);
        model.addAttribute("upload", upload);
        model.addAttribute("reason", reason);
        model.addAttribute("problems", problems);
        return "captures";
    }

    /** Forms send what is left empty, too. */
    @InitBinder
    void emptyIsNothing(WebDataBinder binder) {
        binder.registerCustomEditor(String.class, new StringTrimmerEditor(true));
    }

    /** @param query of the page's address, which its further pages share */
    private void show(CaptureFilter filter, long offset, @Nullable String query, Model model) {
        CaptureIndex index = captures.current();
        List<StoredCapture> found;
        try {
            found = index.matching(filter.wanted());
        } catch (InvalidFieldException refused) {
            model.addAttribute("refused", refused.getMessage());
            found = List.of();
        }
        ItemsView<StoredCapture> page = ItemsView.page(found, offset, PAGE);
        Map<CaptureId, List<HostName>> byCapture = hosts.byCapture();
        model.addAttribute("filter", filter);
        model.addAttribute("formats", CaptureFormats.files());
        model.addAttribute("page", page);
        model.addAttribute("earlier", offset == 0 ? null : address(query, Math.max(0, offset - PAGE)));
        model.addAttribute("further", offset + PAGE >= page.total() ? null : address(query, offset + PAGE));
        model.addAttribute(
                "lines",
                page.items().stream()
                        .map(stored -> new Line(
                                CaptureSummary.of(stored),
                                byCapture.getOrDefault(stored.id(), List.of()).size()))
                        .toList());
        model.addAttribute("known", index.all().size());
        model.addAttribute("kernels", distinct(index, CapturesPage::release, false));
        model.addAttribute("cpuModels", distinct(index, Capture::cpuModel, true));
        model.addAttribute(
                "accelerators", distinct(index, capture -> capture.accelerator().toString(), true));
        model.addAttribute("vcpuFeatureSets", distinct(index, Capture::vcpuFeatureSet, true));
        model.addAttribute(
                "features",
                index.all().stream()
                        .flatMap(stored -> stored.capture().vcpuFeatures().stream())
                        .distinct()
                        .sorted()
                        .toList());
    }

    private static String address(@Nullable String query, long offset) {
        return UriComponentsBuilder.fromPath("/captures")
                .query(query == null ? "" : query)
                .replaceQueryParam("offset", offset)
                .build()
                .toUriString();
    }

    private static @Nullable String release(Capture capture) {
        KernelRelease kernel = capture.kernel();
        return kernel == null ? null : kernel.text();
    }

    private static List<String> distinct(CaptureIndex index, Function<Capture, @Nullable String> what, boolean sorted) {
        Stream<String> values = index.all().stream()
                .map(stored -> what.apply(stored.capture()))
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .distinct();
        return (sorted ? values.sorted() : values).toList();
    }
}
