package org.migreg.dashboard.diagnosis;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.StoredCapture;
import org.migreg.capture.UnreadableCaptureException;
import org.migreg.capturestore.CaptureStore;
import org.migreg.dashboard.EntryForm;
import org.migreg.dashboard.FieldDifference;
import org.migreg.evaluation.FailedStage;
import org.migreg.format.qemulog.QemuLogReader;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.policy.PolicyTable;
import org.migreg.policystore.PolicyStore;
import org.migreg.qemu.MachineType;
import org.migreg.question.diagnosis.CuringEntry;
import org.migreg.question.diagnosis.Diagnosis;
import org.migreg.question.diagnosis.InvolvedRegister;
import org.migreg.question.diagnosis.RegisterRole;
import org.migreg.register.Hex;
import org.migreg.registry.HostQuestions;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** A failed migration's log is pasted, and its meaning told. */
@Controller
public record DiagnosePage(PolicyStore policies, CaptureStore captures, HostQuestions hosts) {

    /** As QEMU 11.1 prints it when a guest comes to an older kernel. */
    private static final String SAMPLE = """
            qemu-system-aarch64: handle_cpreg_only_in_incoming_stream: system register op0:3 op1:3 crn:14 crm:2 op2:0 in the incoming stream but unknown on the destination: fail migration
            qemu-system-aarch64: handle_cpreg_only_in_incoming_stream: fw feat reg 3 in the incoming stream but unknown on the destination: fail migration
            qemu-system-aarch64: error while loading state for instance 0x0 of device 'cpu'
            qemu-system-aarch64: load of migration failed: Invalid argument
            """;

    /** What is asked, as typed; null is empty. */
    public record Question(
            @Nullable String log,
            @Nullable String machineType,
            @Nullable String sourceKernel,
            @Nullable String destinationKernel) {

        static final Question NONE = new Question(null, null, null, null);

        public Question {
            machineType = blankToNull(machineType);
            sourceKernel = blankToNull(sourceKernel);
            destinationKernel = blankToNull(destinationKernel);
        }

        Question withLog(String text) {
            return new Question(text, machineType, sourceKernel, destinationKernel);
        }

        private static @Nullable String blankToNull(@Nullable String text) {
            return text == null || text.isBlank() ? null : text.strip();
        }
    }

    @GetMapping("/diagnose")
    String ask(
            @RequestParam(defaultValue = "false") boolean sample,
            @RequestParam(required = false) @Nullable String machineType,
            Model model) {
        Question question = sample ? new Question(SAMPLE, machineType, null, null) : Question.NONE;
        show(question, Map.of(), model);
        return "diagnose";
    }

    @PostMapping("/diagnose")
    String answer(
            @ModelAttribute Question asked,
            @RequestParam(name = "file", required = false) @Nullable MultipartFile file,
            Model model)
            throws IOException {
        Map<String, String> problems = new LinkedHashMap<>();
        PolicyTable table = policies.current().table();
        Question question = file == null || file.isEmpty() ? asked : asked.withLog(text(file, problems));
        String log = question.log();
        if (log == null || log.isBlank()) {
            problems.putIfAbsent("log", "paste what QEMU or libvirt printed, or choose its file");
        }
        String machineType = question.machineType();
        if (machineType != null && table.machineType(machineType) == null) {
            problems.put("machineType", "there is no machine type " + machineType);
        }
        KernelRelease source = kernel("sourceKernel", question.sourceKernel(), problems);
        KernelRelease destination = kernel("destinationKernel", question.destinationKernel(), problems);
        if (problems.isEmpty()) {
            try {
                Diagnosis diagnosis = Diagnosis.of(
                        QemuLogReader.loads(Objects.requireNonNull(log)),
                        table,
                        machineType,
                        source,
                        destination,
                        captures.current().all().stream()
                                .map(StoredCapture::capture)
                                .toList(),
                        hosts::kernelOf);
                model.addAttribute("diagnosis", diagnosis);
                model.addAttribute(
                        "behaviours",
                        diagnosis.behaviours().stream()
                                .map(behaviour -> behaviour.spec().sentence())
                                .toList());
                model.addAttribute(
                        "stages",
                        diagnosis.stages().stream().map(DiagnosePage::words).toList());
                model.addAttribute(
                        "registers",
                        diagnosis.registers().stream().map(DiagnosePage::line).toList());
                model.addAttribute(
                        "cures",
                        diagnosis.cures().stream()
                                .map(cure -> new Cure(cure, draftAddress(table, cure)))
                                .toList());
            } catch (UnreadableCaptureException unreadable) {
                problems.put("log", String.valueOf(unreadable.getMessage()));
            }
        }
        show(question, problems, model);
        return "diagnose";
    }

    /** Of a file in whichever encoding, packed or not. */
    private static String text(MultipartFile file, Map<String, String> problems) throws IOException {
        try (InputStream content = file.getInputStream()) {
            return QemuLogReader.text(content);
        } catch (UnreadableCaptureException unreadable) {
            problems.put("log", String.valueOf(unreadable.getMessage()));
            return "";
        }
    }

    private void show(Question question, Map<String, String> problems, Model model) {
        model.addAttribute("question", question);
        model.addAttribute("problems", problems);
        model.addAttribute(
                "machineTypes",
                policies.current().table().machineTypes().stream()
                        .map(MachineType::name)
                        .toList());
        model.addAttribute(
                "kernels",
                captures.current().all().stream()
                        .map(stored -> stored.capture().kernel())
                        .filter(Objects::nonNull)
                        .map(kernel -> Objects.requireNonNull(kernel).text())
                        .distinct()
                        .toList());
    }

    /** A register that the log names, and of a refused value the fields that differ. */
    public record Line(
            InvolvedRegister involved,
            String role,
            @Nullable String incoming,
            @Nullable String current,
            List<FieldDifference> fields) {}

    /** @param address of the form of a new entry, filled in; null where the machine type is not known */
    public record Cure(CuringEntry cure, @Nullable String address) {}

    private static Line line(InvolvedRegister involved) {
        Long incoming = involved.incoming();
        Long current = involved.current();
        List<FieldDifference> fields = incoming == null || current == null
                ? List.of()
                : FieldDifference.of(involved.register(), incoming, current);
        return new Line(
                involved,
                words(involved.role()),
                incoming == null ? null : hex(incoming),
                current == null ? null : hex(current),
                fields);
    }

    private static String hex(long value) {
        return Hex.number(value);
    }

    private static @Nullable String draftAddress(PolicyTable table, CuringEntry cure) {
        String machineType = cure.machineType();
        if (machineType == null || table.machineType(machineType) == null) {
            return null;
        }
        return EntryForm.addressOfNew(cure.content());
    }

    private static @Nullable KernelRelease kernel(String field, @Nullable String text, Map<String, String> problems) {
        if (text == null) {
            return null;
        }
        return reading(field, () -> KernelRelease.parse(text), problems);
    }

    private static <T> @Nullable T reading(String field, Supplier<T> reader, Map<String, String> problems) {
        try {
            return reader.get();
        } catch (IllegalArgumentException refused) {
            problems.put(field, String.valueOf(refused.getMessage()));
            return null;
        }
    }

    private static String words(FailedStage stage) {
        return switch (stage) {
            case LENGTH -> "at the length of the register list";
            case REGISTER -> "at a register that the destination does not know";
            case VALUE -> "at a value that the destination's KVM refused";
        };
    }

    private static String words(RegisterRole role) {
        return switch (role) {
            case FATAL -> "fails the load";
            case TOLERATED -> "ignored, its state is lost";
            case ABSENT -> "only on the destination, harmless";
            case VALUE_REFUSED -> "its value is refused";
            case UNKNOWN_TO_KVM -> "unknown to KVM when written";
            case REFUSED_TO_ANOTHER_MONITOR -> "refused to another program than QEMU";
        };
    }
}
