package org.migreg.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.migreg.evaluation.Lists.policy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.property.Generator;
import org.migreg.property.Property;
import org.migreg.qemu.Accelerator;
import org.migreg.register.KnownRegisters;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterList;
import org.migreg.register.RegisterNames;
import org.migreg.register.WritableMasks;
import tools.jackson.databind.JsonNode;

/** No value that differs may pass where nothing was measured: every named register on every kernel. */
class ValueEvidenceTests {

    /** Said here once more, so that a kernel comes in by evidence and not by a change of the code. */
    static final Set<String> MEASURED =
            Set.of("6.1", "6.12", "6.16", "6.17", "6.18", "6.19", "7.0", "7.1", "7.2", "7.3");

    private static final List<String> OTHER_KERNELS = List.of(
            "4.18.0-553.el8_10.aarch64",
            "5.14.0-503.el9.aarch64",
            "6.12.0-124.8.1.el10_1.aarch64",
            "6.4.0-150600.23.25-default",
            "5.10-rc1",
            "6.12-rc3",
            "6.18.44-fc-v657");

    private static final List<String> CAPTURED = List.of(
            "6.18.15+deb13-arm64",
            "6.1.0-50-arm64",
            "6.12.43+deb12-arm64",
            "6.12.107+deb13-arm64",
            "6.16.12+deb13-arm64",
            "7.0.13+deb13-arm64",
            "7.2.13+deb14-arm64",
            "7.3.4+deb13-arm64");

    private final Map<String, JsonNode> captures = new HashMap<>();

    private static final RegisterId BUSY = RegisterId.parseLenient("SCTLR_EL1");

    private enum Coverage {
        WITH_A_RULE,
        WITHOUT_NEED,
        UNKNOWN
    }

    @Test
    void noNamedRegisterMayDifferOnAnyKernelWithoutARuleOrAClassThatNeedsNone() {
        List<String> kernels = kernels();
        Map<RegisterClass, Map<Coverage, Integer>> counts = new EnumMap<>(RegisterClass.class);
        List<String> wrong = new ArrayList<>();
        int cases = 0;
        for (RegisterNames.Named named : RegisterNames.all()) {
            RegisterClass of = RegisterClass.of(named.id());
            for (String kernel : kernels) {
                Coverage coverage = of.evidence() == RegisterClass.Evidence.NOT_NEEDED
                        ? Coverage.WITHOUT_NEED
                        : Coverage.WITH_A_RULE;
                for (long[] pair : pairs(named.id())) {
                    cases++;
                    Verdict verdict = verdict(named.id(), pair[0], pair[1], kernel);
                    if (verdict == Verdict.UNKNOWN) {
                        coverage = Coverage.UNKNOWN;
                    }
                    if (verdict.mayMigrate() && !mayDiffer(named.id(), pair[0] ^ pair[1], kernel)) {
                        wrong.add(named.name() + " " + Long.toHexString(pair[0]) + " into " + Long.toHexString(pair[1])
                                + " on " + kernel);
                    }
                }
                counts.computeIfAbsent(of, c -> new TreeMap<>()).merge(coverage, 1, Integer::sum);
            }
        }
        System.out.println(RegisterNames.all().size() + " registers x " + kernels.size() + " kernels, " + cases
                + " differences of value:");
        counts.forEach((of, each) -> System.out.println("  " + of + " " + each));
        assertThat(RegisterNames.all()).hasSizeGreaterThan(600);
        assertThat(cases).isPositive();
        assertThat(counts).containsKeys(RegisterClass.IDENTIFICATION, RegisterClass.CONTROL_STATE, RegisterClass.EL2);
        assertThat(wrong).isEmpty();
    }

    /** Two real hosts of one processor, one value of the guest's changed, on the kernel captured or on any other. */
    @Test
    void noRandomChangeOfACapturedValuePassesWithoutARuleForThatRegisterAndKernel() {
        Generator<String> kernel = Generator.of(CAPTURED);
        Generator<String> cpu = Generator.of("neoverse-v1", "neoverse-n1", "neoverse-n2", "max");
        Generator<String> anyKernel = Generator.of(kernels()).orNull(0.5);
        int[] passed = new int[2];
        Property.holds(3000, given -> {
            String suffix = "__" + given.any(cpu) + "__qemu-host";
            JsonNode source = capture(given.any(kernel) + suffix);
            JsonNode destination = capture(given.any(kernel) + suffix);
            RegisterList own = RecordedOutcomes.registers(destination.get("registers"));
            RegisterList incoming = RecordedOutcomes.registers(source.get("registers"));
            RegisterId changed = new RegisterId(incoming.idAt(given.any(Generator.integers(0, incoming.size() - 1))));
            given.assume(incoming.valueOf(changed).isPresent());
            long value = given.any(Generator.oneOf(
                    Generator.longs(),
                    Generator.integers(0, 63)
                            .map(bit -> incoming.valueOf(changed).getAsLong() ^ 1L << bit)));
            RegisterList.Builder guest = RegisterList.builder();
            incoming.ids().forEach(id -> {
                OptionalLong as = incoming.valueOf(id);
                if (id.equals(changed) || as.isPresent()) {
                    guest.add(id, id.equals(changed) ? value : as.getAsLong());
                } else {
                    guest.add(id);
                }
            });
            String running = given.any(anyKernel);
            String release = running == null ? destination.get("kernelRelease").asString() : running;
            RegisterList stream = guest.build();
            boolean mayMigrate = Evaluator.verdict(
                            new SourceSide(stream, policy(), true),
                            new DestinationSide(
                                    own,
                                    policy(),
                                    new LoadBehaviour.Tolerances(false),
                                    Accelerator.KVM,
                                    KernelRelease.parse(release),
                                    RecordedOutcomes.masks(destination),
                                    OptionalLong.of(RecordedOutcomes.hardwareNv(
                                            destination.get("cpuModel").asString()))))
                    .mayMigrate();
            passed[mayMigrate ? 1 : 0]++;
            if (mayMigrate) {
                for (RegisterId id : own.ids()) {
                    if (stream.valueOf(id).isPresent() && own.valueOf(id).isPresent()) {
                        long difference =
                                stream.valueOf(id).getAsLong() ^ own.valueOf(id).getAsLong();
                        assertThat(mayDiffer(id, difference, release))
                                .as(id.name() + " on " + release)
                                .isTrue();
                    }
                }
            }
        });
        System.out.println("Random pairs of captures: " + passed[1] + " may migrate, " + passed[0] + " not");
        assertThat(passed[0]).isPositive();
        assertThat(passed[1]).isPositive();
    }

    private JsonNode capture(String name) {
        return captures.computeIfAbsent(name, RecordedOutcomes::capture);
    }

    /** Whether anything says that this difference may be taken; an oracle of its own. */
    static boolean mayDiffer(RegisterId register, long difference, String kernel) {
        RegisterClass of = RegisterClass.of(register);
        boolean onlyTheLock = register.equals(KnownRegisters.OSLSR_EL1) && difference == 2;
        return difference == 0
                || onlyTheLock
                || switch (of.evidence()) {
                    case NOT_NEEDED -> true;
                    case NONE -> false;
                    case MEASURED -> isMeasured(kernel);
                };
    }

    private static boolean isMeasured(String kernel) {
        boolean ownNumbers = kernel.contains(".el") || kernel.contains("default") || kernel.contains("-fc-");
        String[] numbers = kernel.split("[.-]", -1);
        return !ownNumbers && !kernel.contains("-rc") && MEASURED.contains(numbers[0] + "." + numbers[1]);
    }

    /** Every series from 4.14 on, some of distributions, candidates, and releases of years to come. */
    static List<String> kernels() {
        List<String> kernels = new ArrayList<>();
        IntStream.rangeClosed(14, 20).forEach(minor -> kernels.add("4." + minor + ".7"));
        IntStream.rangeClosed(0, 19).forEach(minor -> kernels.add("5." + minor + ".7"));
        IntStream.rangeClosed(0, 19).forEach(minor -> kernels.add("6." + minor + ".7"));
        IntStream.rangeClosed(0, 9).forEach(minor -> kernels.add("7." + minor + ".7"));
        kernels.addAll(OTHER_KERNELS);
        return kernels;
    }

    /** Incoming and own values that differ: a field lower and higher, one bit, all of it. */
    private static List<long[]> pairs(RegisterId register) {
        long own = register.equals(KnownRegisters.PSCI_VERSION) ? 0x10001 : 0x1122_3344_1122_3344L;
        return List.of(
                new long[] {own - 1, own},
                new long[] {own + 1, own},
                new long[] {own ^ 1L << 40, own},
                new long[] {own ^ 2, own},
                new long[] {0, own},
                new long[] {own, 0});
    }

    private static Verdict verdict(RegisterId register, long incoming, long own, String kernel) {
        return Evaluator.verdict(
                new SourceSide(with(register, incoming), policy(), true),
                new DestinationSide(
                        with(register, own),
                        policy(),
                        new LoadBehaviour.XMigProperties(),
                        Accelerator.KVM,
                        KernelRelease.parse(kernel),
                        new WritableMasks(Map.of(register, -1L)),
                        OptionalLong.of(2)));
    }

    /** With CTR_EL0, which rules look at, and something beside. */
    private static RegisterList with(RegisterId register, long value) {
        RegisterList.Builder builder = RegisterList.builder();
        for (RegisterId other : List.of(BUSY, KnownRegisters.CTR_EL0)) {
            if (!other.equals(register)) {
                builder.add(other, 0x8444_c004L);
            }
        }
        return builder.add(register, value).build();
    }
}
