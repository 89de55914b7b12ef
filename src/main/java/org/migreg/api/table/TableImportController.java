package org.migreg.api.table;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.migreg.api.operation.Problems;
import org.migreg.api.operation.Writes;
import org.migreg.capture.UnreadableCaptureException;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.problem.ProblemType;
import org.migreg.contract.table.TableImportView;
import org.migreg.format.libvirtxml.DomainXmlReader;
import org.migreg.format.normal.CopiedText;
import org.migreg.format.normal.PostedText;
import org.migreg.format.qemucommandline.CommandLineReader;
import org.migreg.format.qemusource.PatchReader;
import org.migreg.format.qemusource.QemuSourceReader;
import org.migreg.format.qemusource.TolerancesReader;
import org.migreg.policy.PolicyTable;
import org.migreg.policy.TableRevision;
import org.migreg.policy.change.TablePlan;
import org.migreg.policy.exchange.TableImport;
import org.migreg.policy.exchange.TablePatch;
import org.migreg.policy.exchange.UnreadableTableException;
import org.migreg.policystore.PolicyStore;
import org.migreg.qemu.MachineType;
import org.migreg.register.Text;
import org.migreg.registry.CurrentHosts;
import org.migreg.registry.publication.TablePublication;
import org.migreg.web.WriteHeader;
import org.migreg.web.WriteHeaders;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

@RestController
@RequestMapping("/api/v1/tables/import")
@Tag(name = "Renderings")
record TableImportController(PolicyStore store, TablePublication publication, CurrentHosts knownHosts) {

    private static final Pattern PROPERTIES = Pattern.compile("\\b(?:GlobalProperty|compat_props_add)\\b");
    private static final Pattern C_SOURCE = Pattern.compile("\\b(?:TYPE_ARM_CPU|MachineClass)\\b");
    private static final Pattern TOLERANCE =
            Pattern.compile("\\barm_register_cpreg_mig_tolerance\\b|\\bTolerance[A-Z]\\w+\\b");
    private static final String ALL = "qemu-source, command-line, libvirt-xml, tolerances and patch";
    private static final Pattern ARGUMENTS = Pattern.compile("(?:^|[\\s'\"])--?(?:global|cpu|machine|M)(?:\\s|$)");

    private static final int LARGEST_UNPACKED = 16 << 20;

    private enum Form {
        QEMU_SOURCE("qemu-source"),
        COMMAND_LINE("command-line"),
        LIBVIRT_XML("libvirt-xml"),
        TOLERANCES("tolerances"),
        PATCH("patch");

        private final String slug;

        Form(String slug) {
            this.slug = slug;
        }

        static Form of(@Nullable String given, String text) {
            if (given != null) {
                for (Form form : values()) {
                    if (form.slug.equals(given)) {
                        return form;
                    }
                }
                throw new InvalidFieldException("form", given, "form is one of " + ALL);
            }
            if (PatchReader.recognises(text)) {
                return PATCH;
            }
            if (text.stripLeading().startsWith("<")) {
                return LIBVIRT_XML;
            }
            boolean setsProperties = PROPERTIES.matcher(text).find();
            if (!setsProperties && TOLERANCE.matcher(text).find()) {
                return TOLERANCES;
            }
            if (setsProperties || C_SOURCE.matcher(text).find()) {
                return QEMU_SOURCE;
            }
            if (ARGUMENTS.matcher(text).find()) {
                return COMMAND_LINE;
            }
            throw new InvalidFieldException(
                    "form",
                    null,
                    "the text is not recognised as C source, tolerances, a patch of them, QEMU command line or domain XML: say"
                            + " which with form, one of " + ALL);
        }

        Read read(String text, @Nullable String machineType) {
            return switch (this) {
                case QEMU_SOURCE -> Read.of(QemuSourceReader.read(text, machineType));
                case COMMAND_LINE -> Read.of(CommandLineReader.readEntries(text, machineType));
                case LIBVIRT_XML -> Read.of(DomainXmlReader.read(text).toImport(machineType));
                case TOLERANCES -> Read.of(TolerancesReader.read(text, machineType));
                case PATCH -> {
                    TablePatch patch = PatchReader.read(text, machineType);
                    yield new Read(
                            List.copyOf(patch.machineTypes()),
                            patch.added().size()
                                    + patch.removed().values().stream()
                                            .mapToInt(Set::size)
                                            .sum(),
                            patch::completedFrom);
                }
            };
        }

        /** Why these forms cannot say what to prune; null for those that can. */
        @Nullable
        String whyNotToPrune() {
            return switch (this) {
                case QEMU_SOURCE, COMMAND_LINE, LIBVIRT_XML -> null;
                case TOLERANCES ->
                    "tolerances cannot hide registers, so pruning would remove entries that they do not speak"
                            + " of: leave prune out";
                case PATCH -> "a patch says itself what it removes: leave prune out";
            };
        }

        /** Whether a machine type that is given goes for what the text says of none. */
        boolean leavesMachineTypeOpen() {
            return this == QEMU_SOURCE || this == PATCH;
        }
    }

    /** What a text says, and how it is completed from the tables. */
    private record Read(
            List<String> machineTypes, int registers, Function<PolicyTable, TableImport.Completed> completion) {

        static Read of(TableImport read) {
            return new Read(
                    read.table().machineTypes().stream().map(MachineType::name).toList(),
                    read.table().entries().size(),
                    read::completedFrom);
        }
    }

    /** What the caller says of the text. */
    record Query(
            @Parameter(
                    description = "What the text is; recognised by its content where left out.",
                    schema =
                            @Schema(
                                    allowableValues = {
                                        "qemu-source",
                                        "command-line",
                                        "libvirt-xml",
                                        "tolerances",
                                        "patch"
                                    }))
            @Nullable
            String form,

            @Parameter(description = "The machine type, where the text names none.", example = "virt-10.1") @Nullable
            String machineType,

            @Parameter(description = "Answer the plan and do nothing.") @Nullable
            Boolean dryRun,

            @Parameter(
                    description =
                            "Remove the own entries of the machine types that the text speaks of, where it does not set them.")
            @Nullable
            Boolean prune) {}

    @PostMapping(
            consumes = {
                MediaType.TEXT_PLAIN_VALUE,
                MediaType.APPLICATION_XML_VALUE,
                MediaType.TEXT_XML_VALUE,
                "text/x-c",
                "text/x-csrc",
                MediaType.APPLICATION_OCTET_STREAM_VALUE
            })
    @Writes({WriteHeader.AUTHOR, WriteHeader.REASON, WriteHeader.OVERRIDE})
    @Operation(
            operationId = "importTable",
            summary = "Take entries from QEMU's own language",
            description =
                    "Reads C source (a whole hw/arm/virt.c or a part of it), a QEMU command line, a libvirt domain, calls of"
                            + " arm_register_cpreg_mig_tolerance() as safe-missing registers, or a unified diff of such"
                            + " sources, whose removals are removed; and answers the plan. These forms know neither host kernels nor conditions and references: what the"
                            + " registry has already for a machine type, property and register stays as it is, what is new is"
                            + " for every host. All of it is one revision, or none of it is done.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            description = "The text, in UTF-8.",
                            content = {
                                @Content(
                                        mediaType = "text/plain",
                                        schema = @Schema(type = "string"),
                                        examples =
                                                @ExampleObject(
                                                        name = "a command line",
                                                        value = "-machine virt-10.1 -global"
                                                                + " arm-cpu.x-mig-hidden-regs=0x6030000000160003")),
                                @Content(mediaType = "application/xml", schema = @Schema(type = "string")),
                                @Content(
                                        mediaType = "multipart/form-data",
                                        schemaProperties =
                                                @io.swagger.v3.oas.annotations.media.SchemaProperty(
                                                        name = "file",
                                                        schema = @Schema(type = "string", format = "binary")))
                            }))
    @Problems({
        ProblemType.UNKNOWN_PARENT,
        ProblemType.INHERITANCE_CYCLE,
        ProblemType.DUPLICATE_ENTRY,
        ProblemType.STALE_VERSION
    })
    TableImportView read(@RequestBody byte[] body, @ParameterObject Query query, WriteHeaders headers) {
        return take(body, null, query, headers);
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Writes({WriteHeader.AUTHOR, WriteHeader.REASON, WriteHeader.OVERRIDE})
    @Operation(operationId = "importTable", summary = "Take entries from QEMU's own language")
    TableImportView readFile(
            @RequestParam("file") List<MultipartFile> files, @ParameterObject Query query, WriteHeaders headers)
            throws IOException {
        if (files.size() != 1) {
            throw new InvalidFieldException("file", files.size() + " files", "give one part named 'file'");
        }
        return take(files.getFirst().getBytes(), files.getFirst().getOriginalFilename(), query, headers);
    }

    private static byte[] unpacked(byte[] body) {
        try {
            return PostedText.bytes(new ByteArrayInputStream(body), "table", LARGEST_UNPACKED);
        } catch (UnreadableCaptureException | IOException notUnpacked) {
            throw new UnreadableTableException(0, 0, String.valueOf(notUnpacked.getMessage()));
        }
    }

    /** Whether a text says anything as it stands: what is copied out of mail or a page may not. */
    private boolean isRead(String text, Query query) {
        try {
            return Form.of(query.form(), text).read(text, machineType(query)).registers() > 0;
        } catch (UnreadableTableException | InvalidFieldException notAsItStands) {
            return false;
        }
    }

    private TableImportView take(byte[] body, @Nullable String file, Query query, WriteHeaders headers) {
        String why = headers.override();
        boolean dryRun = Boolean.TRUE.equals(query.dryRun());
        boolean prune = Boolean.TRUE.equals(query.prune());
        String given = TableChanges.decoded(unpacked(body));
        String copied = CopiedText.plain(given);
        String text = copied.equals(given) || isRead(given, query) || !isRead(copied, query) ? given : copied;
        Form form = Form.of(query.form(), text);
        WriteHeaders.Context context = headers.context(
                "Import " + form.slug + (file == null || file.isBlank() ? "" : " " + Text.shortened(file, 100))
                        + (prune ? " and prune" : ""));
        String notToPrune = form.whyNotToPrune();
        if (prune && notToPrune != null) {
            throw new InvalidFieldException("prune", "true", notToPrune);
        }
        Read read = form.read(text, machineType(query));
        TableRevision before = store.current();
        TableImport.Completed completed = read.completion().apply(before.table());
        List<String> machineTypes = read.machineTypes();
        List<String> warnings = new ArrayList<>(completed.remarks());
        if (!form.leavesMachineTypeOpen()
                && query.machineType() != null
                && !machineTypes.contains(query.machineType())) {
            throw new InvalidFieldException(
                    "machineType",
                    query.machineType(),
                    "the text is about " + String.join(", ", machineTypes)
                            + ": leave machineType out, or give that one");
        }
        if (read.registers() == 0) {
            warnings.add(
                    form == Form.PATCH
                            ? "the patch changes neither x-mig-hidden-regs nor x-mig-safe-missing-regs nor tolerances"
                            : "the text sets neither x-mig-hidden-regs nor x-mig-safe-missing-regs");
        }
        if (form == Form.QEMU_SOURCE && TOLERANCE.matcher(text).find()) {
            warnings.add(
                    "the text also has tolerances (arm_register_cpreg_mig_tolerance()): form=tolerances takes these");
        }
        TablePlan plan = TablePlan.between(before.table(), completed.table(), prune || form == Form.PATCH);
        return new TableImportView(
                form.slug,
                machineTypes,
                read.registers(),
                warnings,
                TableChanges.carryOut(
                        publication, store, knownHosts.get().hosts(), plan, before, dryRun, context, why));
    }

    private static @Nullable String machineType(Query query) {
        String name = query.machineType();
        if (name == null) {
            return null;
        }
        return InvalidFieldException.reading(
                "machineType", name, () -> new MachineType(name, "aarch64", null, "").name());
    }
}
