package org.migreg.api.table;

import static org.migreg.contract.InvalidFieldException.reading;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.migreg.api.operation.Descriptions;
import org.migreg.api.operation.Problems;
import org.migreg.capturestore.CaptureStore;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.problem.ProblemType;
import org.migreg.contract.table.RenderingView;
import org.migreg.contract.table.RenderingView.KernelChoice;
import org.migreg.format.libvirtxml.DomainXmlWriter;
import org.migreg.format.qemucommandline.CommandLineWriter;
import org.migreg.format.qemusource.QemuSourceWriter;
import org.migreg.format.tolerances.TolerancesWriter;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.policy.CompatProperty;
import org.migreg.policy.PolicyTable;
import org.migreg.policy.PolicyUnion;
import org.migreg.policy.TableRevision;
import org.migreg.policy.exchange.QemuArguments;
import org.migreg.policy.exchange.Rendering;
import org.migreg.policystore.PolicyStore;
import org.migreg.qemu.Accelerator;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/machine-types/{name}/renderings/{form}")
@Tag(name = "Renderings", description = "Tables as C source, command line, domain XML or tolerances, both ways.")
record RenderingController(PolicyStore store, CaptureStore captures) {

    private static final int MOST_KERNELS = 1000;

    /** What a rendering can be made of. */
    record Query(
            @Parameter(
                    description =
                            "The host's kernel release (uname -r); several for a union over them. The kernels of all"
                                    + " captured KVM hosts where left out.",
                    example = "6.16.3")
            @Nullable
            List<String> kernel,

            @Parameter(description = "The kernel's package or uname -v, where one kernel is given.") @Nullable
            String kernelPackage,

            @Parameter(
                    description =
                            "merged: own and inherited entries, one array for each property; own: the machine type's own"
                                    + " alone; chain: itself and all it inherits from, each with its own. The last two for"
                                    + " qemu-source and tolerances, chain for qemu-source alone.",
                    schema =
                            @Schema(
                                    allowableValues = {"merged", "own", "chain"},
                                    defaultValue = "merged"))
            @Nullable
            String scope,

            @Parameter(description = "What -cpu names; for the form cpu.", schema = @Schema(defaultValue = "host"))
            @Nullable
            String cpuModel,

            @Parameter(description = Descriptions.REVISION) @Nullable
            Long revision) {}

    private enum Scope {
        MERGED,
        OWN,
        CHAIN
    }

    private enum Form {
        QEMU_SOURCE("qemu-source", "/*", " * ", " */"),
        GLOBAL("global", null, "# ", null),
        GLOBAL_LONG("global-long", null, "# ", null),
        CPU("cpu", null, "# ", null),
        LIBVIRT_XML("libvirt-xml", "<!--", "  ", "-->"),
        TOLERANCES("tolerances", "/*", " * ", " */");

        private final String slug;
        private final @Nullable String opening;
        private final String margin;
        private final @Nullable String closing;

        Form(String slug, @Nullable String opening, String margin, @Nullable String closing) {
            this.slug = slug;
            this.opening = opening;
            this.margin = margin;
            this.closing = closing;
        }

        static Form parse(String slug) {
            for (Form form : values()) {
                if (form.slug.equals(slug)) {
                    return form;
                }
            }
            throw new InvalidFieldException(
                    "form", slug, "a form is qemu-source, global, global-long, cpu, libvirt-xml or tolerances");
        }

        private Set<Scope> scopes() {
            return switch (this) {
                case QEMU_SOURCE -> Set.of(Scope.MERGED, Scope.OWN, Scope.CHAIN);
                case TOLERANCES -> Set.of(Scope.MERGED, Scope.OWN);
                case GLOBAL, GLOBAL_LONG, CPU, LIBVIRT_XML -> Set.of(Scope.MERGED);
            };
        }

        Scope scope(@Nullable String given) {
            for (Scope scope : Scope.values()) {
                if (scope == Scope.MERGED && given == null || scope.name().equalsIgnoreCase(given)) {
                    if (!scopes().contains(scope)) {
                        throw new InvalidFieldException(
                                "scope",
                                given,
                                "as " + slug + " a machine type can be had "
                                        + (scopes().size() == 1
                                                ? "merged alone"
                                                : "merged or with its own entries alone"));
                    }
                    return scope;
                }
            }
            throw new InvalidFieldException("scope", given, "scope is merged, own or chain");
        }

        /** Sentences as a comment that stands apart, so that reading the text back takes it for nobody's rationale. */
        String comment(List<String> sentences) {
            StringBuilder comment = new StringBuilder(opening == null ? "" : opening + "\n");
            for (String sentence : sentences) {
                String harmless =
                        sentence.replace("*/", "* /").replace("--", "- -").replaceAll("\\s+", " ");
                comment.append(margin).append(harmless).append('\n');
            }
            return comment.append(closing == null ? "" : closing + "\n\n").toString();
        }
    }

    /** The names of the forms, in the contract. */
    @Parameter(
            schema =
                    @Schema(
                            allowableValues = {
                                "qemu-source",
                                "global",
                                "global-long",
                                "cpu",
                                "libvirt-xml",
                                "tolerances"
                            }))
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.PARAMETER)
    private @interface FormName {}

    private record Rendered(RenderingView view, Form form) {}

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "renderMachineType",
            summary = "A machine type in QEMU's own language",
            description =
                    "As the C GlobalProperty array of hw/arm/virt.c (qemu-source), as options (global, global-long with"
                            + " doubled commas, cpu), as libvirt domain XML, or as the calls that come closest among the"
                            + " tolerances of QEMU 11.1. One value for each property, since QEMU aborts where one is set twice."
                            + " As JSON, or as text/plain by the Accept header: then warnings and what is not carried stand in a"
                            + " comment.")
    @Problems({ProblemType.UNKNOWN_MACHINE_TYPE, ProblemType.UNKNOWN_REVISION, ProblemType.NOT_ACCEPTABLE})
    ResponseEntity<RenderingView> json(
            @Parameter(example = "virt-10.1") @PathVariable String name,
            @FormName @PathVariable String form,
            @ParameterObject Query query) {
        return ResponseEntity.ok()
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .body(rendered(name, form, query).view());
    }

    @GetMapping(produces = MediaType.TEXT_PLAIN_VALUE)
    @Operation(operationId = "renderMachineType", summary = "A machine type in QEMU's own language")
    ResponseEntity<String> text(
            @Parameter(example = "virt-10.1") @PathVariable String name,
            @FormName @PathVariable String form,
            @ParameterObject Query query) {
        Rendered rendered = rendered(name, form, query);
        RenderingView view = rendered.view();
        List<String> sentences = new ArrayList<>();
        view.warnings().forEach(warning -> sentences.add("Warning: " + warning + "."));
        view.notCarried().forEach(missing -> sentences.add("Not carried: " + missing + "."));
        String text = (sentences.isEmpty() ? "" : rendered.form().comment(sentences)) + view.text();
        return ResponseEntity.ok()
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
                .body(text);
    }

    private Rendered rendered(String name, String formGiven, Query query) {
        Form form = Form.parse(formGiven);
        Scope scope = form.scope(query.scope());
        if (query.cpuModel() != null && form != Form.CPU) {
            throw new InvalidFieldException("cpuModel", query.cpuModel(), "'cpuModel' goes only with the form cpu");
        }
        List<KernelRelease> given = kernels(query);
        TableRevision tables = store.currentOr(query.revision());
        PolicyTable table = tables.table();
        table.require(name);
        List<KernelRelease> kernels = given.isEmpty() ? kernelsOfCapturedHosts() : given;
        Rendering rendering = rendering(table, name, form, scope, kernels, query.cpuModel());
        KernelChoice from = kernels.isEmpty()
                ? KernelChoice.NONE
                : given.isEmpty() ? KernelChoice.CAPTURED_HOSTS : KernelChoice.GIVEN;
        return new Rendered(
                RenderingView.of(
                        name,
                        form.slug,
                        scope.name().toLowerCase(Locale.ROOT),
                        rendering,
                        from,
                        kernels,
                        tables.number()),
                form);
    }

    private static List<KernelRelease> kernels(Query query) {
        List<String> given = query.kernel() == null ? List.of() : query.kernel();
        if (query.kernelPackage() != null && given.size() != 1) {
            throw new InvalidFieldException(
                    "kernelPackage", query.kernelPackage(), "'kernelPackage' goes with one 'kernel'");
        }
        if (given.size() > MOST_KERNELS) {
            throw new InvalidFieldException(
                    "kernel", given.size() + " kernels", "at most " + MOST_KERNELS + " kernels are taken");
        }
        return given.stream()
                .map(kernel -> reading("kernel", kernel, () -> KernelRelease.parse(kernel, query.kernelPackage())))
                .distinct()
                .sorted(KernelRelease.LISTING_ORDER)
                .toList();
    }

    private List<KernelRelease> kernelsOfCapturedHosts() {
        return captures.current().all().stream()
                .map(stored -> stored.capture())
                .filter(capture -> capture.accelerator() != Accelerator.TCG)
                .flatMap(capture -> Stream.ofNullable(capture.kernel()))
                .distinct()
                .sorted(KernelRelease.LISTING_ORDER)
                .toList();
    }

    private static Rendering rendering(
            PolicyTable table,
            String name,
            Form form,
            Scope scope,
            List<KernelRelease> kernels,
            @Nullable String cpuModel) {
        if (scope == Scope.MERGED) {
            return write(union(table, name, PolicyUnion.Scope.MERGED, kernels), form, cpuModel);
        }
        List<String> names = scope == Scope.OWN
                ? List.of(name)
                : table.inheritanceChain(name).reversed();
        List<PolicyUnion> unions = names.stream()
                .map(each -> union(table, each, PolicyUnion.Scope.OWN, kernels))
                .toList();
        Rendering written =
                scope == Scope.OWN ? write(unions.getFirst(), form, cpuModel) : QemuSourceWriter.writeAll(unions);
        if (form != Form.QEMU_SOURCE) {
            return written;
        }
        List<String> warnings = new ArrayList<>(written.warnings());
        warnings.addAll(setTwice(table, name, kernels));
        return new Rendering(written.text(), warnings, written.notCarried());
    }

    /** Where QEMU aborts if each machine type of the chain sets its own. */
    private static List<String> setTwice(PolicyTable table, String name, List<KernelRelease> kernels) {
        List<String> warnings = new ArrayList<>();
        Map<CompatProperty, List<String>> setBy = new HashMap<>();
        for (String level : table.inheritanceChain(name)) {
            PolicyUnion own = union(table, level, PolicyUnion.Scope.OWN, kernels);
            for (CompatProperty property : CompatProperty.values()) {
                if (!own.elements(property).isEmpty()) {
                    setBy.computeIfAbsent(property, first -> new ArrayList<>()).add(level);
                }
            }
        }
        for (CompatProperty property : CompatProperty.values()) {
            List<String> levels = setBy.getOrDefault(property, List.of());
            if (levels.size() > 1) {
                warnings.add(property + " is set by " + String.join(" and by ", levels) + ": QEMU aborts where " + name
                        + " sets it twice, so use scope=merged for what goes into a build");
            }
        }
        return warnings;
    }

    private static PolicyUnion union(
            PolicyTable table, String name, PolicyUnion.Scope scope, List<KernelRelease> kernels) {
        return kernels.isEmpty()
                ? PolicyUnion.ofAllEntries(table, name, scope)
                : PolicyUnion.over(table, name, scope, kernels);
    }

    private static Rendering write(PolicyUnion union, Form form, @Nullable String cpuModel) {
        return switch (form) {
            case QEMU_SOURCE -> QemuSourceWriter.write(union);
            case GLOBAL -> CommandLineWriter.write(union, QemuArguments.Form.GLOBAL, "host");
            case GLOBAL_LONG -> CommandLineWriter.write(union, QemuArguments.Form.LONG_GLOBAL, "host");
            case CPU -> {
                String model = cpuModel == null ? "host" : cpuModel;
                if (!model.matches("[A-Za-z0-9][A-Za-z0-9.,=+_-]{0,999}")) {
                    throw new InvalidFieldException(
                            "cpuModel",
                            model,
                            "a CPU model is such as host or host,pmu=off, without blanks and quotes");
                }
                yield CommandLineWriter.write(union, QemuArguments.Form.CPU, model);
            }
            case LIBVIRT_XML -> DomainXmlWriter.write(union);
            case TOLERANCES -> TolerancesWriter.write(union);
        };
    }
}
