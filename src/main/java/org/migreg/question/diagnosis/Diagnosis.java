package org.migreg.question.diagnosis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.Capture;
import org.migreg.evaluation.FailedStage;
import org.migreg.evaluation.LoadBehaviour;
import org.migreg.evaluation.Tolerance;
import org.migreg.format.qemulog.LogEvent;
import org.migreg.format.qemulog.LogReading;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.policy.EffectivePolicy;
import org.migreg.policy.PolicyEntry;
import org.migreg.policy.PolicyTable;
import org.migreg.qemu.Accelerator;
import org.migreg.register.RegisterId;

/**
 * What a failed load's log means.
 *
 * @param behaviours the destination's load behaviour as far as the wording tells, likeliest first
 * @param stages where the load failed, likeliest first; empty where the log shows no failure of the
 *     register list or its values
 * @param accelerator by the form of the printed registers, or null
 * @param registers those that the log names, each with what explains it; fatal ones first
 * @param lengthExplanations for a bare length failure the known captures that would explain it, at
 *     most 50, fewest differences first
 * @param cures entries that would let the load pass as far as lists decide; none for refused values
 * @param sentences the diagnosis for a person, in order
 */
public record Diagnosis(
        List<LoadBehaviour> behaviours,
        List<FailedStage> stages,
        @Nullable Accelerator accelerator,
        List<InvolvedRegister> registers,
        List<LengthExplanation> lengthExplanations,
        List<CuringEntry> cures,
        List<String> sentences) {

    public Diagnosis {
        behaviours = List.copyOf(behaviours);
        stages = List.copyOf(stages);
        registers = List.copyOf(registers);
        lengthExplanations = List.copyOf(lengthExplanations);
        cures = List.copyOf(cures);
        sentences = List.copyOf(sentences);
    }

    /**
     * @param table where known events are looked for, and entries that exist already
     * @param machineType the guest's, or null where not known
     * @param source the source's kernel, or null
     * @param destination the destination's kernel, or null
     * @param captures the known captures: they explain lengths and narrow the kernels of proposed entries
     */
    public static Diagnosis of(
            LogReading log,
            PolicyTable table,
            @Nullable String machineType,
            @Nullable KernelRelease source,
            @Nullable KernelRelease destination,
            List<Capture> captures) {
        Situation situation = new Situation(table, machineType, source, destination, log.accelerator(), captures);
        return new Diagnostician(log, situation).diagnose();
    }

    private static final class Diagnostician {

        private final LogReading log;
        private final Situation situation;
        private final Cures cures;
        private final List<String> sentences = new ArrayList<>();
        private final List<CuringEntry> proposals = new ArrayList<>();

        Diagnostician(LogReading log, Situation situation) {
            this.log = log;
            this.situation = situation;
            this.cures = new Cures(situation);
        }

        Diagnosis diagnose() {
            Map<RegisterId, InvolvedRegister> involved = new LinkedHashMap<>();
            extras(involved);
            values(involved);
            absents(involved);
            List<LengthExplanation> lengths = length();
            List<FailedStage> stages = stages();
            properties();
            otherFailures();
            summary(stages, involved);
            sentences.addAll(log.remarks());
            return new Diagnosis(
                    log.behaviours(),
                    stages,
                    log.accelerator(),
                    List.copyOf(involved.values()),
                    lengths,
                    proposals,
                    sentences);
        }

        private void extras(Map<RegisterId, InvolvedRegister> involved) {
            for (LogEvent.ExtraRegister extra : log.events(LogEvent.ExtraRegister.class)) {
                if (!extra.tolerated()) {
                    involved.computeIfAbsent(
                            extra.register(),
                            register -> involved(register, RegisterRole.FATAL, null, null, fatal(register)));
                }
            }
            for (LogEvent.ExtraRegister extra : log.events(LogEvent.ExtraRegister.class)) {
                if (extra.tolerated()) {
                    involved.computeIfAbsent(
                            extra.register(),
                            register -> involved(
                                    register,
                                    RegisterRole.TOLERATED,
                                    null,
                                    null,
                                    register.name()
                                            + " is in the stream but unknown on the destination, which ignores it; its"
                                            + " state is lost."));
                }
            }
        }

        private String fatal(RegisterId register) {
            String what = register.name() + " is in the stream but unknown on the destination. ";
            EffectivePolicy.Element asked = cures.alreadyAsked(register);
            if (asked != null) {
                PolicyEntry entry = asked.explainingEntry();
                return what + "Entry " + entry.id() + " of " + entry.machineType() + " already sets " + entry.property()
                        + " for it on such hosts, so the QEMU that ran was not given the table as it is now: update it.";
            }
            String refusedValue = whatTheRefusalSaysOfTheValue(register);
            if (refusedValue != null
                    && log.behaviours().stream().allMatch(LoadBehaviour.Tolerances.class::isInstance)) {
                return what + refusedValue;
            }
            List<CuringEntry> proposed = cures.of(register);
            proposals.addAll(proposed);
            if (refusedValue != null) {
                what += "If the destination runs QEMU 11.1: " + refusedValue + " ";
            }
            return proposed.isEmpty()
                    ? what + "QEMU never lists such a register, so no entry can be made for it."
                    : what + "Setting " + proposed.getFirst().content().property() + " for it on "
                            + proposed.getFirst().content().kernels() + " lets it pass.";
        }

        /** Of a register that QEMU 11.1 ignores while its value meets a condition: what follows from its refusal. */
        private @Nullable String whatTheRefusalSaysOfTheValue(RegisterId register) {
            if (log.accelerator() == Accelerator.TCG
                    || log.behaviours().stream().noneMatch(LoadBehaviour.Tolerances.class::isInstance)) {
                return null;
            }
            return Tolerance.UPSTREAM.stream()
                    .filter(tolerance -> tolerance.register().equals(register) && tolerance.condition() != null)
                    .findFirst()
                    .map(tolerance -> "QEMU 11.1 ignores it with -cpu host while " + tolerance.condition()
                            + ". It refused, so the guest was started with another value, and hiding the register or"
                            + " declaring it safe-missing is no cure: the guest would lose what it was given. Start the"
                            + " guest without it, on a host like the destination. Under a named CPU model QEMU 11.1 refuses"
                            + " every value: there an entry with that condition helps.")
                    .orElse(null);
        }

        private void values(Map<RegisterId, InvolvedRegister> involved) {
            for (LogEvent.ValueRefused refused : log.events(LogEvent.ValueRefused.class)) {
                RegisterRole role = refused.unknownToKvm() ? RegisterRole.UNKNOWN_TO_KVM : RegisterRole.VALUE_REFUSED;
                // A register that is merely absent may be refused as well, which weighs more.
                involved.put(
                        refused.register(),
                        involved(
                                refused.register(),
                                role,
                                refused.incoming(),
                                refused.current(),
                                ValueAdvice.sentence(refused)));
            }
        }

        private void absents(Map<RegisterId, InvolvedRegister> involved) {
            for (LogEvent.AbsentRegister absent : log.events(LogEvent.AbsentRegister.class)) {
                involved.computeIfAbsent(
                        absent.register(),
                        register -> involved(
                                register,
                                RegisterRole.ABSENT,
                                null,
                                null,
                                register.name()
                                        + " is only on the destination and keeps its reset value, which fails no load."));
            }
        }

        private InvolvedRegister involved(
                RegisterId register,
                RegisterRole role,
                @Nullable Long incoming,
                @Nullable Long current,
                String sentence) {
            List<PolicyEntry> entries = situation.table().allEntries().stream()
                    .filter(entry -> entry.register().equals(register))
                    .toList();
            return new InvolvedRegister(register, role, incoming, current, entries, sentence);
        }

        private List<LengthExplanation> length() {
            List<LogEvent.LengthFailure> failures = log.events(LogEvent.LengthFailure.class);
            if (failures.isEmpty()) {
                return List.of();
            }
            LogEvent.LengthFailure failure = failures.getFirst();
            String numbers = failure.incoming() == null || failure.bound() == null
                    ? "more registers than the destination takes"
                    : failure.incoming() + " registers, and the destination takes " + failure.bound();
            sentences.add("The stream brings " + numbers
                    + ". QEMU says this before it looks at the registers, so the log" + " names none of them.");
            List<LengthExplanation> found = LengthPairs.explaining(failure, log.behaviours(), situation);
            if (failure.incoming() == null) {
                sentences.add("The line with both numbers (\"Invalid value ... expecting positive value <= ...\") would"
                        + " tell which known captures explain it.");
            } else if (found.isEmpty()) {
                sentences.add("No two known captures have these lengths: capture both hosts to see which registers it"
                        + " was.");
            } else {
                LengthExplanation first = found.getFirst();
                sentences.add((found.size() == LengthPairs.MOST ? "At least " : "") + found.size()
                        + (found.size() == 1 ? " pair" : " pairs")
                        + " of known captures would explain it, the likeliest: from "
                        + LengthPairs.label(first.source()) + " to " + LengthPairs.label(first.destination())
                        + ", with "
                        + first.extra().size()
                        + (first.extra().size() == 1 ? " register" : " registers")
                        + " that the destination lacks.");
            }
            return found;
        }

        private List<FailedStage> stages() {
            boolean seriesOrOld = log.events(LogEvent.ExtraRegister.class).isEmpty();
            if (!log.events(LogEvent.LengthFailure.class).isEmpty()) {
                return List.of(FailedStage.LENGTH);
            }
            if (!log.events(LogEvent.ValueRefused.class).isEmpty()
                    || !log.events(LogEvent.RegistersNotPut.class).isEmpty()) {
                return List.of(FailedStage.VALUE);
            }
            boolean loadFailed = !log.events(LogEvent.PostLoadFailed.class).isEmpty()
                    || log.events(LogEvent.DeviceNotLoaded.class).stream()
                            .anyMatch(device -> device.device().equals("cpu"));
            if (!fatalExtras().isEmpty()) {
                return log.accelerator() == Accelerator.TCG
                        ? List.of(FailedStage.REGISTER, FailedStage.VALUE)
                        : List.of(FailedStage.REGISTER);
            }
            if (!loadFailed) {
                return List.of();
            }
            boolean namesExtras = log.behaviours().stream()
                    .allMatch(behaviour -> behaviour instanceof LoadBehaviour.AllMismatches
                            || behaviour instanceof LoadBehaviour.Tolerances);
            return namesExtras || !seriesOrOld
                    ? List.of(FailedStage.VALUE)
                    : List.of(FailedStage.REGISTER, FailedStage.VALUE);
        }

        private List<LogEvent.ExtraRegister> fatalExtras() {
            return log.events(LogEvent.ExtraRegister.class).stream()
                    .filter(extra -> !extra.tolerated())
                    .toList();
        }

        private void properties() {
            for (LogEvent.PropertyNotFound missing : log.events(LogEvent.PropertyNotFound.class)) {
                sentences.add("This QEMU has no property " + missing.property()
                        + ": it does not carry the x-mig series, so entries take effect only as tolerances compiled into"
                        + " it, or in a build that carries the series.");
            }
            for (LogEvent.PropertySetTwice twice : log.events(LogEvent.PropertySetTwice.class)) {
                sentences.add("QEMU did not start, because " + twice.property() + " was set twice: merge the arrays of"
                        + " the machine type and of all it inherits from into one value, and do not add to it by -global"
                        + " or -cpu. The rendered table of the machine type is merged already.");
            }
            for (LogEvent.PropertySyntax syntax : log.events(LogEvent.PropertySyntax.class)) {
                sentences.add("QEMU did not take the value of an x-mig property (" + syntax.message()
                        + "): write IDs with 0x, separated by single commas (by ,, in the long form of -global), without"
                        + " a blank at the end.");
            }
        }

        private void otherFailures() {
            for (LogEvent.DeviceNotLoaded device : log.events(LogEvent.DeviceNotLoaded.class)) {
                if (!device.device().equals("cpu")) {
                    sentences.add("The state of device '" + device.device()
                            + "' could not be loaded, which has nothing to do with register lists.");
                }
            }
            for (LogEvent.UnknownSubsection unknown : log.events(LogEvent.UnknownSubsection.class)) {
                sentences.add("The stream carries '" + unknown.subsection()
                        + "', which this QEMU does not know: that is about the versions of QEMU, not about register"
                        + " lists.");
            }
        }

        private void summary(List<FailedStage> stages, Map<RegisterId, InvolvedRegister> involved) {
            int fatal = fatalExtras().size();
            if (fatal > 0 && stages.contains(FailedStage.VALUE) && !stages.contains(FailedStage.REGISTER)) {
                sentences.add("QEMU named " + fatal + (fatal == 1 ? " register" : " registers")
                        + " as failing the migration and yet went on: the verdict of the highest extra register alone"
                        + " decides in 11.1.1 to 11.1.3, and it was tolerated. Their state is lost; a corrected QEMU"
                        + " will fail.");
            } else if (fatal > 0) {
                sentences.add(fatal + (fatal == 1 ? " register of the stream is" : " registers of the stream are")
                        + " unknown on the destination and failed the load.");
                if (log.events(LogEvent.LoadFailed.class).isEmpty()
                        && log.events(LogEvent.DeviceNotLoaded.class).isEmpty()
                        && log.behaviours().stream().anyMatch(LoadBehaviour.Tolerances.class::isInstance)) {
                    sentences.add("No line says that the load as a whole failed. Either the log is cut, or this is QEMU"
                            + " 11.1.1 to 11.1.3, which goes on when the highest extra register is a tolerated one.");
                }
            }
            long refused = involved.values().stream()
                    .filter(register -> register.role() == RegisterRole.VALUE_REFUSED
                            || register.role() == RegisterRole.UNKNOWN_TO_KVM)
                    .count();
            if (refused > 0) {
                sentences.add("KVM refused " + refused + (refused == 1 ? " register" : " registers")
                        + " that both hosts have; no list policy cures that.");
            } else if (stages.equals(List.of(FailedStage.VALUE))) {
                sentences.add("The list passed and a value was refused, but this QEMU does not name it; versions from"
                        + " 10.2 on do under KVM.");
            } else if (stages.equals(List.of(FailedStage.REGISTER, FailedStage.VALUE)) && fatal == 0) {
                sentences.add(
                        "Either a register of the stream is unknown on the destination, or a value was refused: this"
                                + " QEMU says neither which nor what. Compare the captures of both hosts.");
            }
            if (stages.isEmpty() && sentences.isEmpty()) {
                sentences.add("The log shows no failure of a register list or of a register's value.");
                if (!log.events(LogEvent.LoadFailed.class).isEmpty()) {
                    sentences.add("The load failed, but no line says at which device: give what the destination's QEMU"
                            + " printed, which libvirt keeps there in /var/log/libvirt/qemu/GUEST.log.");
                }
            }
            if (!proposals.isEmpty() && situation.machineType() == null) {
                sentences.add("The machine type is not given: the proposed entries need one.");
            }
            if (!proposals.isEmpty() && situation.destination() == null && log.accelerator() != Accelerator.TCG) {
                sentences.add(
                        "The destination's kernel is not given: the proposed entries are for every host, and should"
                                + " be narrowed.");
            }
        }
    }
}
