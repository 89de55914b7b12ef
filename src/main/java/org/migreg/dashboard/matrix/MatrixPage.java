package org.migreg.dashboard.matrix;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.Capture;
import org.migreg.capturestore.CaptureStore;
import org.migreg.capturestore.StoredCapture;
import org.migreg.check.KernelPairMatrix;
import org.migreg.contract.InvalidFieldException;
import org.migreg.policystore.NoSuchMachineTypeException;
import org.migreg.policystore.PolicyStore;
import org.migreg.policystore.TableRevision;
import org.migreg.qemu.MachineType;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;

/** The matrix: which kernels can exchange guests, of one machine type, on hosts of one kind. */
@Controller
public class MatrixPage {

    /** More rows than this are shown with alike kernels collapsed, unless the address says otherwise. */
    private static final int MOST_UNCOLLAPSED = 40;

    /** More rows than this have cells without links of their own: the script follows a click, and rows have links. */
    private static final int MOST_LINKED = 60;

    private final KernelPairMatrix matrix;
    private final PolicyStore policies;
    private final CaptureStore captures;

    /** What was asked for lately of the newest tables. */
    private final Cache<MatrixQuery, Boolean> lately = Caffeine.newBuilder()
            .maximumSize(8)
            .expireAfterAccess(Duration.ofHours(1))
            .build();

    MatrixPage(KernelPairMatrix matrix, PolicyStore policies, CaptureStore captures) {
        this.matrix = matrix;
        this.policies = policies;
        this.captures = captures;
    }

    /** What a page shows: the choice as understood, and the grid. */
    public record Found(
            String machineType,
            List<String> machineTypes,
            KernelPairMatrix.Group group,
            List<KernelPairMatrix.Group> groups,
            MatrixGrid grid,
            Map<Sign, Integer> counts,
            int allKernels,
            boolean collapsed,
            long policyRevision) {}

    @GetMapping("/")
    String home() {
        return "redirect:/matrix";
    }

    /**
     * Evaluates anew, after each write, what people look at, so that they need not wait for it: the matrix that
     * an address without parameters shows, and those asked for lately.
     */
    @Scheduled(initialDelay = 0, fixedDelayString = "${migreg.dashboard.refresh-interval}")
    void keepWarm() {
        List<MatrixQuery> queries = new ArrayList<>(lately.asMap().keySet());
        queries.add(MatrixQuery.USUAL);
        for (MatrixQuery query : queries) {
            try {
                TableRevision tables = policies.current();
                if (!tables.table().machineTypes().isEmpty() && !groups().isEmpty()) {
                    find(query, tables, groups());
                }
            } catch (InvalidFieldException | NoSuchMachineTypeException gone) {
                lately.invalidate(query);
            }
        }
    }

    @GetMapping("/matrix")
    String show(@ModelAttribute MatrixQuery query, Model model) {
        if (query.revision() == null) {
            lately.put(query, true);
        }
        TableRevision tables = tables(query);
        model.addAttribute("query", query);
        model.addAttribute("signs", Sign.values());
        model.addAttribute("machineTypes", names(tables));
        Map<KernelPairMatrix.Group, Integer> groups = groups();
        if (tables.table().machineTypes().isEmpty() || groups.isEmpty()) {
            model.addAttribute("nothing", groups.isEmpty() ? "captures" : "machineTypes");
            return "matrix";
        }
        Found found = find(query, tables, groups);
        model.addAttribute("found", found);
        model.addAttribute("machineType", found.machineType());
        model.addAttribute("group", found.group());
        model.addAttribute("cpuModels", distinct(found.groups(), KernelPairMatrix.Group::cpuModel));
        model.addAttribute(
                "accelerators",
                distinct(found.groups(), group -> group.accelerator().toString()));
        model.addAttribute("vcpuFeatureSets", distinct(found.groups(), KernelPairMatrix.Group::vcpuFeatureSet));
        MatrixGrid grid = found.grid();
        model.addAttribute("grid", grid);
        model.addAttribute("counts", found.counts());
        model.addAttribute(
                "markup",
                new MatrixMarkup(grid, grid.kernels().size() <= MOST_LINKED ? cellAddress(query, found) : null));
        model.addAttribute("cellAddress", cellAddress(query, found));
        model.addAttribute("csv", query.address("/matrix.csv"));
        model.addAttribute("svg", query.address("/matrix.svg"));
        model.addAttribute("png", query.address("/matrix.png"));
        return "matrix";
    }

    @GetMapping("/matrix.csv")
    ResponseEntity<byte[]> csv(@ModelAttribute MatrixQuery query) throws IOException {
        Found found = find(query, tables(query), groups());
        MatrixGrid grid = found.grid();
        StringWriter text = new StringWriter();
        List<String> header = new ArrayList<>(List.of("source \\ destination"));
        grid.kernels().forEach(kernel -> header.add(kernel.title()));
        CSVFormat format = CSVFormat.RFC4180.builder().setRecordSeparator("\n").get();
        try (CSVPrinter printer = new CSVPrinter(text, format)) {
            printer.printRecord(header);
            for (int s = 0; s < grid.kernels().size(); s++) {
                List<String> row = new ArrayList<>(List.of(grid.kernels().get(s).title()));
                for (int d = 0; d < grid.kernels().size(); d++) {
                    row.add(grid.verdict(s, d).name());
                }
                printer.printRecord(row);
            }
        }
        return file(found, "csv", "text/csv;charset=UTF-8", text.toString().getBytes(StandardCharsets.UTF_8));
    }

    @GetMapping("/matrix.svg")
    ResponseEntity<byte[]> svg(@ModelAttribute MatrixQuery query) {
        Found found = find(query, tables(query), groups());
        return file(found, "svg", "image/svg+xml", drawing(found).getBytes(StandardCharsets.UTF_8));
    }

    @GetMapping("/matrix.png")
    ResponseEntity<byte[]> png(@ModelAttribute MatrixQuery query) throws IOException {
        Found found = find(query, tables(query), groups());
        return file(found, "png", MediaType.IMAGE_PNG_VALUE, Picture.png(drawing(found), 2));
    }

    private static String drawing(Found found) {
        return MatrixDrawing.svg(
                found.grid(),
                found.machineType() + " on " + describe(found.group()) + ", tables of revision "
                        + found.policyRevision());
    }

    private static ResponseEntity<byte[]> file(Found found, String suffix, String mediaType, byte[] content) {
        ContentDisposition name = ContentDisposition.inline()
                .filename("migreg-" + found.machineType() + "-r" + found.policyRevision() + "." + suffix)
                .build();
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, name.toString())
                .contentType(MediaType.parseMediaType(mediaType))
                .body(content);
    }

    private TableRevision tables(MatrixQuery query) {
        Long revision = query.revision();
        return revision == null ? policies.current() : policies.at(revision);
    }

    private Found find(MatrixQuery query, TableRevision tables, Map<KernelPairMatrix.Group, Integer> groups) {
        String machineType = query.machineType() == null ? usual(tables) : query.machineType();
        KernelPairMatrix.Group group = groups.entrySet().stream()
                .filter(entry -> query.takes(entry.getKey()))
                .max(Comparator.comparingInt(entry -> weight(entry.getKey(), entry.getValue())))
                .map(Map.Entry::getKey)
                .orElseThrow(() -> new InvalidFieldException(
                        "cpuModel",
                        query.cpuModel(),
                        "no kernel is captured on such hosts: choose a CPU model, an accelerator and vCPU features that"
                                + " go together"));
        KernelPairMatrix.Matrix all = matrix.of(query.toRequest(machineType, group));
        MatrixGrid grid = MatrixGrid.of(
                all.cells().stream().filter(cell -> cell.group().equals(group)).toList(),
                KernelFilter.parse(query.kernels()));
        int kernels = grid.kernels().size();
        boolean collapse = Objects.requireNonNullElse(query.collapse(), kernels > MOST_UNCOLLAPSED);
        return new Found(
                machineType,
                names(tables),
                group,
                List.copyOf(groups.keySet()),
                collapse ? grid.collapsed() : grid,
                grid.counts(),
                kernels,
                collapse,
                all.policyRevision());
    }

    /** What {@code -cpu host} asks for goes first, then the group with the most kernels. */
    private static int weight(KernelPairMatrix.Group group, int kernels) {
        return kernels + ("qemu-host".equals(group.vcpuFeatureSet()) ? 1_000_000 : 0);
    }

    /** Groups of hosts with a kernel, and how many captures each has. */
    private Map<KernelPairMatrix.Group, Integer> groups() {
        Map<KernelPairMatrix.Group, Integer> groups = new LinkedHashMap<>();
        for (StoredCapture stored : captures.current().all()) {
            Capture capture = stored.capture();
            if (capture.kernel() != null) {
                groups.merge(
                        new KernelPairMatrix.Group(capture.cpuModel(), capture.accelerator(), capture.vcpuFeatureSet()),
                        1,
                        Integer::sum);
            }
        }
        return groups;
    }

    /** The newest: the one that inherits from no other. */
    private static String usual(TableRevision tables) {
        return tables.table().machineTypes().stream()
                .filter(machineType -> machineType.inheritsFrom() == null)
                .findFirst()
                .map(MachineType::name)
                .orElseThrow(() ->
                        new InvalidFieldException("machineType", null, "there is no machine type yet: make one first"));
    }

    private static List<String> names(TableRevision tables) {
        return tables.table().machineTypes().stream().map(MachineType::name).toList();
    }

    private static List<String> distinct(
            List<KernelPairMatrix.Group> groups,
            java.util.function.Function<KernelPairMatrix.Group, @Nullable String> what) {
        List<String> values = new ArrayList<>();
        for (KernelPairMatrix.Group group : groups) {
            String value = what.apply(group);
            if (value != null && !values.contains(value)) {
                values.add(value);
            }
        }
        values.sort(Comparator.naturalOrder());
        return values;
    }

    private static String cellAddress(MatrixQuery query, Found found) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("machineType", found.machineType());
        for (String name : List.of("loadBehaviour", "source", "revision")) {
            Object value = query.parameters().get(name);
            if (value != null) {
                parameters.put(name, value);
            }
        }
        return MatrixQuery.withParameters("/matrix/cell", parameters);
    }

    private static String describe(KernelPairMatrix.Group group) {
        return Objects.requireNonNullElse(group.cpuModel(), "hosts of unknown CPU model") + " under "
                + group.accelerator() + " with "
                + Objects.requireNonNullElse(group.vcpuFeatureSet(), "unknown vCPU features");
    }
}
