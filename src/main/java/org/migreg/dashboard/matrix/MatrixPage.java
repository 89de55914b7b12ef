package org.migreg.dashboard.matrix;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.migreg.capturestore.CaptureStore;
import org.migreg.contract.InvalidFieldException;
import org.migreg.dashboard.PageAddress;
import org.migreg.policy.TableRevision;
import org.migreg.policystore.PolicyStore;
import org.migreg.qemu.MachineType;
import org.migreg.question.fleet.HostKind;
import org.migreg.question.matrix.HostGroups;
import org.migreg.registry.FleetSettings;
import org.migreg.registry.KernelPairMatrix;
import org.migreg.registry.WarmMatrices;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** The matrix: which kernels can exchange guests, of one machine type, on hosts of one kind. */
@Controller
public record MatrixPage(WarmMatrices matrices, PolicyStore policies, CaptureStore captures, FleetSettings fleet) {

    /** More rows than this are shown with alike kernels collapsed, unless the address says otherwise. */
    private static final int MOST_UNCOLLAPSED = 40;

    /** So many have room for large cells on a wall screen. */
    private static final int MOST_ON_A_WALL = 24;

    /** More rows than this have cells without links of their own: the script follows a click, and rows have links. */
    private static final int MOST_LINKED = 60;

    /** So many rows of such a matrix come at once: browsers take seconds for 40,000 cells, and the page shall answer meanwhile. */
    private static final int ROWS_AT_ONCE = 20;

    /** What a page shows: the choice as understood, and the grid. */
    public record Found(
            String machineType,
            List<String> machineTypes,
            HostKind group,
            List<HostKind> groups,
            MatrixGrid grid,
            Map<Sign, Integer> counts,
            int allKernels,
            boolean collapsed,
            int leftOut,
            long policyRevision) {}

    @GetMapping("/")
    String home() {
        return "redirect:/matrix";
    }

    @GetMapping("/matrix")
    String show(@ModelAttribute MatrixQuery asked, @RequestParam(defaultValue = "0") int firstRow, Model model) {
        HostGroups groups = HostGroups.of(captures.current());
        // Who chooses another CPU model has the features of the one before still chosen.
        boolean asAsked = asked.vcpuFeatureSet() == null
                || groups.isEmpty()
                || groups.all().stream().anyMatch(asked::takes);
        MatrixQuery query = asAsked ? asked : asked.ofUsualVcpuFeatures();
        model.addAttribute("notCaptured", asAsked ? null : asked.vcpuFeatureSet());
        TableRevision tables = policies.currentOr(query.revision());
        model.addAttribute("query", query);
        model.addAttribute("destinationQemus", MatrixQuery.DESTINATION_QEMUS);
        model.addAttribute("assumedQemu", fleet.assumeQemu());
        model.addAttribute("machineTypes", names(tables));
        if (tables.table().machineTypes().isEmpty() || groups.isEmpty()) {
            model.addAttribute("nothing", groups.isEmpty() ? "captures" : "machineTypes");
            return "matrix";
        }
        Found found = find(query, tables, groups);
        model.addAttribute("found", found);
        model.addAttribute("machineType", found.machineType());
        model.addAttribute("group", found.group());
        model.addAttribute("cpuModels", distinct(found.groups(), HostKind::cpuModel));
        model.addAttribute(
                "accelerators",
                distinct(found.groups(), group -> group.accelerator().toString()));
        model.addAttribute(
                "vcpuFeatureSets",
                distinct(
                        found.groups().stream()
                                .filter(group -> Objects.equals(
                                        group.cpuModel(), found.group().cpuModel()))
                                .toList(),
                        HostKind::vcpuFeatureSet));
        MatrixGrid grid = found.grid();
        boolean wide = grid.kernels().size() > MOST_LINKED;
        String cellAddress = PageAddress.of(MatrixQuery.CELL, query.circumstances(found.machineType()));
        model.addAttribute("grid", grid);
        model.addAttribute("counts", found.counts());
        model.addAttribute("markup", new MatrixMarkup(grid, wide ? null : cellAddress));
        model.addAttribute("wide", wide);
        model.addAttribute("few", grid.kernels().size() <= MOST_ON_A_WALL);
        int kernels = grid.kernels().size();
        if (firstRow < 0 || firstRow > kernels) {
            throw new InvalidFieldException(
                    "firstRow", firstRow, "firstRow is 0 to the number of rows, here " + kernels);
        }
        int end = wide ? Math.min(kernels, firstRow + ROWS_AT_ONCE) : kernels;
        model.addAttribute("rows", IntStream.range(firstRow, end).boxed().toList());
        if (end < kernels) {
            model.addAttribute("nextRows", query.address("/matrix", Map.of("firstRow", end)));
        }
        model.addAttribute("cellAddress", cellAddress);
        model.addAttribute("csv", query.address("/matrix.csv"));
        model.addAttribute("svg", query.address("/matrix.svg"));
        model.addAttribute("png", query.address("/matrix.png"));
        return "matrix";
    }

    /** For programs, so with a row for each kernel unless the address says otherwise. */
    @GetMapping("/matrix.csv")
    ResponseEntity<byte[]> csv(@ModelAttribute MatrixQuery given) throws IOException {
        MatrixQuery query = given.collapse() == null ? given.uncollapsed() : given;
        Found found = find(query, policies.currentOr(query.revision()), HostGroups.of(captures.current()));
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
        Found found = find(query, policies.currentOr(query.revision()), HostGroups.of(captures.current()));
        return file(found, "svg", "image/svg+xml", drawing(found).getBytes(StandardCharsets.UTF_8));
    }

    @GetMapping("/matrix.png")
    ResponseEntity<byte[]> png(@ModelAttribute MatrixQuery query) throws IOException {
        Found found = find(query, policies.currentOr(query.revision()), HostGroups.of(captures.current()));
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

    private Found find(MatrixQuery query, TableRevision tables, HostGroups groups) {
        String machineType = machineType(query, tables);
        HostKind group = group(query, groups);
        KernelPairMatrix.Matrix all = matrices.of(query.toRequest(machineType, group));
        MatrixGrid grid = MatrixGrid.of(
                all.cells().stream().filter(cell -> cell.group().equals(group)).toList(),
                KernelFilter.parse(query.kernels()));
        int kernels = grid.kernels().size();
        boolean collapse = Objects.requireNonNullElse(query.collapse(), kernels > MOST_UNCOLLAPSED);
        return new Found(
                machineType,
                names(tables),
                group,
                groups.all(),
                collapse ? grid.collapsed() : grid,
                grid.counts(),
                kernels,
                collapse,
                all.leftOut(),
                all.policyRevision());
    }

    private static String machineType(MatrixQuery query, TableRevision tables) {
        String given = query.machineType();
        return given == null ? usual(tables) : given;
    }

    /** The hosts to show: of those that the question takes, the kind that most people mean. */
    private static HostKind group(MatrixQuery query, HostGroups groups) {
        return groups.usual(query::takes)
                .orElseThrow(() -> new InvalidFieldException(
                        "cpuModel",
                        query.cpuModel(),
                        "no kernel is captured on such hosts: choose a CPU model, an accelerator and vCPU features that"
                                + " go together"));
    }

    private static String usual(TableRevision tables) {
        return WarmMatrices.usualMachineType(tables.table())
                .orElseThrow(() ->
                        new InvalidFieldException("machineType", null, "there is no machine type yet: make one first"));
    }

    private static List<String> names(TableRevision tables) {
        return tables.table().machineTypes().stream().map(MachineType::name).toList();
    }

    private static List<String> distinct(
            List<HostKind> groups, java.util.function.Function<HostKind, @Nullable String> what) {
        List<String> values = new ArrayList<>();
        for (HostKind group : groups) {
            String value = what.apply(group);
            if (value != null && !values.contains(value)) {
                values.add(value);
            }
        }
        values.sort(Comparator.naturalOrder());
        return values;
    }

    private static String describe(HostKind group) {
        return Objects.requireNonNullElse(group.cpuModel(), "hosts of unknown CPU model") + " under "
                + group.accelerator() + " with "
                + Objects.requireNonNullElse(group.vcpuFeatureSet(), "unknown vCPU features");
    }
}
