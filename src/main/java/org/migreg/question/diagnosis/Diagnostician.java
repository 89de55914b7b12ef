package org.migreg.question.diagnosis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.Capture;
import org.migreg.evaluation.FailedStage;
import org.migreg.evaluation.LoadBehaviour;
import org.migreg.evaluation.Tolerance;
import org.migreg.format.qemulog.LogContext.Start;
import org.migreg.format.qemulog.LogEvent;
import org.migreg.format.qemulog.LogReading;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.policy.EffectivePolicy;
import org.migreg.policy.PolicyEntry;
import org.migreg.policy.PolicyTable;
import org.migreg.qemu.Accelerator;
import org.migreg.register.RegisterId;

/** Diagnoses one load. */
final class Diagnostician {

    /** How many registers the first sentence names. */
    private static final int MOST_NAMED = 3;

    private final LogReading log;
    private final Situation situation;
    private final Cures cures;
    private final Findings findings = new Findings();
    private final List<CuringEntry> proposals = new ArrayList<>();
    private final Map<RegisterId, InvolvedRegister> involved = new LinkedHashMap<>();

    private Diagnostician(LogReading log, Situation situation) {
        this.log = log;
        this.situation = situation;
        this.cures = new Cures(situation);
    }

    static Diagnosis diagnosis(
            LogReading log,
            PolicyTable table,
            @Nullable String machineType,
            @Nullable KernelRelease source,
            @Nullable KernelRelease destination,
            List<Capture> captures,
            RecordedHosts hosts) {
        Findings told = new Findings();
        Situation situation = Situation.of(log, table, machineType, source, destination, captures, hosts, told);
        Diagnostician diagnostician = new Diagnostician(log, situation);
        return diagnostician.diagnose(told);
    }

    private Diagnosis diagnose(Findings told) {
        if (log.context().isOfAnotherArchitecture()) {
            OtherCauses.ofAnotherArchitecture(log.context(), findings);
            new OtherCauses(log, findings).explain();
            return diagnosis(List.of(), List.of(), findings.proved().getFirst(), false, true);
        }
        List<LogEvent.OtherMonitor> monitors = log.events(LogEvent.OtherMonitor.class);
        if (!monitors.isEmpty()) {
            return ofAnotherMonitor(monitors);
        }
        extras();
        values();
        absents();
        List<LengthExplanation> lengths = new Lengths(log, situation, findings).explained();
        List<FailedStage> stages = stages();
        OtherCauses others = new OtherCauses(log, findings);
        others.properties();
        boolean isElsewhere = others.explain();
        summary(stages);
        boolean isAboutRegisters = !stages.isEmpty()
                || !involved.isEmpty()
                || log.events().stream()
                        .anyMatch(event -> event instanceof LogEvent.PropertyNotFound
                                || event instanceof LogEvent.PropertySetTwice
                                || event instanceof LogEvent.PropertySyntax
                                || event instanceof LogEvent.ListLengths);
        if (!isAboutRegisters && !isElsewhere) {
            OtherCauses.ofTheErrorAlone(log, findings);
        } else if (findings.proved().isEmpty()) {
            findings.proves(OtherCauses.NO_FAILURE);
        }
        log.remarks().forEach(findings::proves);
        told.proved().forEach(findings::proves);
        told.suggested().forEach(one -> findings.suggests(one.sentence(), one.proof()));
        told.next().forEach(findings::next);
        boolean isUnderstood = (isAboutRegisters || isElsewhere) && log.incomplete() == 0;
        return diagnosis(stages, lengths, headline(stages), isAboutRegisters, isUnderstood);
    }

    private Diagnosis diagnosis(
            List<FailedStage> stages,
            List<LengthExplanation> lengths,
            String headline,
            boolean isAboutRegisters,
            boolean isUnderstood) {
        return new Diagnosis(
                findings.summary(headline),
                isUnderstood,
                findings.proved(),
                findings.suggested(),
                findings.next(),
                log.context(),
                isAboutRegisters ? log.behaviours() : List.of(),
                stages,
                isAboutRegisters ? log.accelerator() : null,
                List.copyOf(involved.values()),
                lengths,
                proposals,
                List.of());
    }

    private Diagnosis ofAnotherMonitor(List<LogEvent.OtherMonitor> monitors) {
        for (LogEvent.OtherMonitor refusal : monitors) {
            OtherCauses.ofAnotherMonitor(refusal, log.context(), findings);
            RegisterId register = refusal.register();
            if (register != null) {
                involve(
                        register,
                        RegisterRole.REFUSED_TO_ANOTHER_MONITOR,
                        null,
                        null,
                        findings.proved().getFirst(),
                        findings.suggested().getFirst(),
                        findings.next().getFirst());
            }
        }
        return diagnosis(List.of(), List.of(), findings.proved().getFirst(), false, true);
    }

    /** What happened, in one sentence. */
    private String headline(List<FailedStage> stages) {
        if (stages.isEmpty()) {
            return findings.proved().getFirst();
        }
        String who = situation.destination() == null
                ? "The destination"
                : "The destination (" + situation.destination().text() + ")";
        return switch (stages.getFirst()) {
            case LENGTH -> findings.proved().getFirst();
            case REGISTER ->
                named(RegisterRole.FATAL).isEmpty()
                        ? who + " refused the CPU's state: a register or a value, and the log does not say which."
                        : who + " refused the guest for registers that it does not know: " + named(RegisterRole.FATAL)
                                + ".";
            case VALUE -> {
                String refused = named(RegisterRole.VALUE_REFUSED, RegisterRole.UNKNOWN_TO_KVM);
                String where = log.context().start() == Start.PLAIN
                        ? "The guest was not started"
                        : log.context().start() == Start.INCOMING
                                ? who + " refused the guest"
                                : "QEMU could not run the guest";
                yield where + ": KVM refused "
                        + (refused.isEmpty() ? "a value that the log does not name" : "the value of " + refused) + ".";
            }
        };
    }

    private String named(RegisterRole... roles) {
        List<RegisterRole> wanted = List.of(roles);
        List<String> names = involved.values().stream()
                .filter(register -> wanted.contains(register.role()))
                .map(InvolvedRegister::name)
                .toList();
        String first = names.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        return names.size() > MOST_NAMED ? first + " and " + (names.size() - MOST_NAMED) + " more" : first;
    }

    private void extras() {
        for (LogEvent.ExtraRegister extra : log.events(LogEvent.ExtraRegister.class)) {
            if (!extra.tolerated() && !involved.containsKey(extra.register())) {
                fatal(extra.register());
            }
        }
        for (LogEvent.ExtraRegister extra : log.events(LogEvent.ExtraRegister.class)) {
            if (extra.tolerated() && !involved.containsKey(extra.register())) {
                involve(
                        extra.register(),
                        RegisterRole.TOLERATED,
                        null,
                        null,
                        extra.register().name()
                                + " is in the stream but unknown on the destination, which ignores it; its state is lost.",
                        null,
                        null);
            }
        }
    }

    private void fatal(RegisterId register) {
        String what = register.name() + " is in the stream but unknown on the destination.";
        String refusedValue = whatTheRefusalSaysOfTheValue(register);
        String premise = premise();
        if (refusedValue != null && premise.isEmpty()) {
            findings.proves(refusedValue);
            involve(register, RegisterRole.FATAL, null, null, what + " " + refusedValue, null, WITHOUT_IT);
            return;
        }
        EffectivePolicy.Element asked = cures.alreadyAsked(register);
        if (asked != null) {
            PolicyEntry entry = asked.explainingEntry();
            involve(
                    register,
                    RegisterRole.FATAL,
                    null,
                    null,
                    what + " Entry " + entry.id() + " of " + entry.machineType() + " already sets " + entry.property()
                            + " for it on such hosts, so the QEMU that ran was not given the table as it is now.",
                    null,
                    "Give that QEMU the table as it is now.");
            return;
        }
        List<CuringEntry> proposed = cures.of(register);
        proposals.addAll(proposed);
        involve(
                register,
                RegisterRole.FATAL,
                null,
                null,
                what,
                refusedValue == null
                        ? null
                        : new Suggestion(
                                "If " + premise + ": " + refusedValue + " " + WITHOUT_IT,
                                "the destination's QEMU version and the guest's -cpu"),
                proposed.isEmpty()
                        ? "QEMU never lists such a register, so no entry can be made for it."
                        : "Setting " + proposed.getFirst().content().property() + " for it on "
                                + proposed.getFirst().content().kernels() + " lets it pass.");
    }

    private static final String WITHOUT_IT = "Start the guest without it, on a host like the destination.";

    /** What must hold beside the refusal for it to tell of the value; empty where the log shows all of it. */
    private String premise() {
        boolean isTolerant = log.behaviours().stream().allMatch(LoadBehaviour.Tolerances.class::isInstance);
        String version = isTolerant ? "" : "the destination runs QEMU 11.1";
        // A named model has none of the tolerances under KVM, so one that was applied tells, too.
        boolean isHostCpu = log.context().cpu() != null
                || log.events(LogEvent.ExtraRegister.class).stream()
                        .anyMatch(extra -> extra.tolerated() && Tolerance.isOfTheHostCpu(extra.register()));
        String cpu = isHostCpu ? "" : "the guest has -cpu host (under a named model every value is refused)";
        return version + (version.isEmpty() || cpu.isEmpty() ? "" : " and ") + cpu;
    }

    /**
     * Of a register that QEMU 11.1 ignores under {@code -cpu host} while its value meets a condition: what follows from its
     * refusal; null where the guest has a named model, under which every value is refused.
     */
    private @Nullable String whatTheRefusalSaysOfTheValue(RegisterId register) {
        String cpu = log.context().cpu();
        if (log.accelerator() == Accelerator.TCG
                || cpu != null && !cpu.split(",", 2)[0].equals("host")
                || log.behaviours().stream().noneMatch(LoadBehaviour.Tolerances.class::isInstance)) {
            return null;
        }
        return Tolerance.UPSTREAM.stream()
                .filter(tolerance -> tolerance.register().equals(register) && tolerance.condition() != null)
                .findFirst()
                .map(tolerance ->
                        "QEMU 11.1 ignores " + register.name() + " with -cpu host while " + tolerance.condition()
                                + ". It refused, so the guest was started with another value, and hiding the register or"
                                + " declaring it safe-missing is no cure: the guest would lose what it was given.")
                .orElse(null);
    }

    private void values() {
        for (LogEvent.ValueRefused refused : log.events(LogEvent.ValueRefused.class)) {
            ValueAdvice advice = ValueAdvice.of(refused, log.context().start());
            // A register that is merely absent may be refused as well, which weighs more.
            involve(
                    refused.register(),
                    refused.unknownToKvm() ? RegisterRole.UNKNOWN_TO_KVM : RegisterRole.VALUE_REFUSED,
                    refused.incoming(),
                    refused.current(),
                    advice.proved(),
                    advice.suggested(),
                    advice.next());
        }
    }

    private void absents() {
        for (LogEvent.AbsentRegister absent : log.events(LogEvent.AbsentRegister.class)) {
            if (!involved.containsKey(absent.register())) {
                involve(
                        absent.register(),
                        RegisterRole.ABSENT,
                        null,
                        null,
                        absent.register().name()
                                + " is only on the destination and keeps its reset value, which fails no load.",
                        null,
                        null);
            }
        }
    }

    private void involve(
            RegisterId register,
            RegisterRole role,
            @Nullable Long incoming,
            @Nullable Long current,
            String sentence,
            @Nullable Suggestion suggestion,
            @Nullable String next) {
        List<PolicyEntry> entries = situation.table().allEntries().stream()
                .filter(entry -> entry.register().equals(register))
                .toList();
        involved.put(
                register, new InvolvedRegister(register, role, incoming, current, entries, sentence, suggestion, next));
    }

    private List<FailedStage> stages() {
        if (!log.events(LogEvent.LengthFailure.class).isEmpty()) {
            return List.of(FailedStage.LENGTH);
        }
        if (!log.events(LogEvent.ValueRefused.class).isEmpty()
                || !log.events(LogEvent.RegistersNotPut.class).isEmpty()) {
            return List.of(FailedStage.VALUE);
        }
        if (fatalExtras() > 0) {
            return log.accelerator() == Accelerator.TCG
                    ? List.of(FailedStage.REGISTER, FailedStage.VALUE)
                    : List.of(FailedStage.REGISTER);
        }
        boolean cpuFailed = !log.events(LogEvent.PostLoadFailed.class).isEmpty()
                || log.events(LogEvent.DeviceNotLoaded.class).stream()
                        .anyMatch(device -> device.device().equals("cpu"));
        boolean isExplained = !log.events(LogEvent.UnknownSubsection.class).isEmpty()
                || !log.events(LogEvent.Elsewhere.class).isEmpty()
                || log.events(LogEvent.LoadFailed.class).stream()
                        .anyMatch(failed -> failed.error().startsWith("No such file or directory"));
        if (!cpuFailed || isExplained) {
            return List.of();
        }
        boolean namesExtras = log.behaviours().stream()
                .allMatch(behaviour -> behaviour instanceof LoadBehaviour.AllMismatches
                        || behaviour instanceof LoadBehaviour.Tolerances);
        boolean isPassed = namesExtras && log.incomplete() == 0
                || !log.events(LogEvent.ExtraRegister.class).isEmpty();
        return isPassed ? List.of(FailedStage.VALUE) : List.of(FailedStage.REGISTER, FailedStage.VALUE);
    }

    private int fatalExtras() {
        return (int) log.events(LogEvent.ExtraRegister.class).stream()
                .filter(extra -> !extra.tolerated())
                .map(LogEvent.ExtraRegister::register)
                .distinct()
                .count();
    }

    private void summary(List<FailedStage> stages) {
        int fatal = fatalExtras();
        if (fatal > 0 && stages.contains(FailedStage.VALUE) && !stages.contains(FailedStage.REGISTER)) {
            findings.proves("QEMU named " + fatal + (fatal == 1 ? " register" : " registers")
                    + " as failing the migration and yet went on: the verdict of the highest extra register alone"
                    + " decides in 11.1.1 to 11.1.3, and it was tolerated. Their state is lost; a corrected QEMU"
                    + " will fail.");
        } else if (fatal > 0) {
            findings.proves(fatal + (fatal == 1 ? " register of the stream is" : " registers of the stream are")
                    + " unknown on the destination and failed the load.");
            if (log.events(LogEvent.LoadFailed.class).isEmpty()
                    && log.events(LogEvent.DeviceNotLoaded.class).isEmpty()
                    && log.behaviours().stream().anyMatch(LoadBehaviour.Tolerances.class::isInstance)) {
                findings.suggests(
                        "No line says that the load as a whole failed. Either the log is cut, or this is QEMU"
                                + " 11.1.1 to 11.1.3, which goes on when the highest extra register is a tolerated one.",
                        "whether the guest runs on the destination");
            }
        }
        refusals(stages, fatal);
        for (InvolvedRegister register : involved.values()) {
            if (register.role() != RegisterRole.ABSENT && register.role() != RegisterRole.TOLERATED) {
                Suggestion suggestion = register.suggestion();
                if (suggestion != null) {
                    findings.suggests(suggestion.sentence(), suggestion.proof());
                }
                String next = register.next();
                if (next != null && (register.role() != RegisterRole.FATAL || proposals.isEmpty())) {
                    findings.next(next);
                }
            }
        }
        proposals();
    }

    private void refusals(List<FailedStage> stages, int fatal) {
        long refused = involved.values().stream()
                .filter(register ->
                        register.role() == RegisterRole.VALUE_REFUSED || register.role() == RegisterRole.UNKNOWN_TO_KVM)
                .count();
        if (refused > 0) {
            findings.proves("KVM refused " + refused + (refused == 1 ? " register" : " registers")
                    + " that the stream or the guest brings; no list policy cures that.");
        } else if (!log.events(LogEvent.RegistersNotPut.class).isEmpty()) {
            findings.proves("KVM refused a register's value when the vCPU was to run, and this QEMU does not name it;"
                    + " versions from 10.2 on do.");
            if (log.context().start() != Start.INCOMING) {
                findings.suggests(
                        (log.context().start() == Start.PLAIN ? "This" : "If a guest was being started: this")
                                + " host has two kinds of core, and a vCPU's registers were read on one and written on the"
                                + " other.",
                        "lscpu lists both kinds of core");
                findings.next(ValueAdvice.pinned());
            }
            if (log.context().start() != Start.PLAIN) {
                findings.next("Evaluate the move with captures of both hosts: values that differ are listed there.");
            }
        } else if (stages.equals(List.of(FailedStage.VALUE))) {
            findings.proves("The list passed and a value was refused, but this QEMU does not name it; versions from"
                    + " 10.2 on do under KVM.");
            findings.next("Compare the captures of both hosts: values that differ are listed there.");
        } else if (stages.equals(List.of(FailedStage.REGISTER, FailedStage.VALUE)) && fatal == 0) {
            findings.proves("The CPU's state was refused"
                    + (log.incomplete() > 0
                            ? ", and the line that says why is cut off."
                            : "; this QEMU says neither why nor" + " which register."));
            findings.suggests(
                    "Either a register of the stream is unknown on the destination, or a value was refused.",
                    "captures of both hosts, compared");
            if (log.context().architecture() == null && log.accelerator() == null) {
                findings.suggests(
                        "That the guest is an Arm guest: other architectures' CPUs fail with the same words.",
                        "QEMU's program or the machine type in the log");
            }
            findings.next("Compare the captures of both hosts.");
        }
    }

    private void proposals() {
        if (proposals.isEmpty()) {
            return;
        }
        boolean isUnderKvm = log.accelerator() != Accelerator.TCG;
        findings.next(
                "Set the entries proposed below, if guests can do without these registers; until then move the guest to a"
                        + " host whose " + (isUnderKvm ? "kernel" : "QEMU") + " knows them.");
        if (situation.machineType() == null) {
            findings.next("The machine type is not given: the proposed entries need one.");
        }
        if (situation.destination() == null && isUnderKvm) {
            findings.next("The destination's kernel is not given: the proposed entries are for every host, and should"
                    + " be narrowed.");
        }
    }
}
