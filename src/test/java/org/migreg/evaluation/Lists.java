package org.migreg.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.migreg.hostkernel.KernelRange;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.policy.CompatProperty;
import org.migreg.policy.EffectivePolicy;
import org.migreg.policy.EntryContent;
import org.migreg.policy.PolicyEntry;
import org.migreg.policy.PolicyTable;
import org.migreg.policy.ValueCondition;
import org.migreg.qemu.Accelerator;
import org.migreg.qemu.MachineType;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterList;
import org.migreg.register.RegisterValue;
import org.migreg.register.WritableMasks;

/** Hand-made lists, policies and sides in few words. */
final class Lists {

    /** Patch level unknown, so that a bound inside 6.1 cannot be decided. */
    static final KernelRelease DEBIAN_6_1 = KernelRelease.parse("6.1.0-50-arm64");

    /** On {@link #DEBIAN_6_1}, it is unknown whether this range applies. */
    static final KernelRange UNDECIDED = KernelRange.parse("upstream/>=6.1.84");

    private Lists() {}

    /** Registers by name or id, with {@code =value} where known. */
    static RegisterList list(String... registers) {
        RegisterList.Builder builder = RegisterList.builder();
        for (String register : registers) {
            String[] parts = register.split("=", 2);
            if (parts.length == 1) {
                builder.add(RegisterId.parseLenient(parts[0]));
            } else {
                builder.add(
                        RegisterId.parseLenient(parts[0]),
                        RegisterValue.parse(parts[1]).bits());
            }
        }
        return builder.build();
    }

    static PolicyEntry hidden(String register) {
        return hidden(register, KernelRange.any());
    }

    static PolicyEntry hidden(String register, KernelRange kernels) {
        return entry(CompatProperty.HIDDEN_REGS, register, kernels, null);
    }

    static PolicyEntry hidden(String register, KernelRange kernels, @Nullable ValueCondition condition) {
        return entry(CompatProperty.HIDDEN_REGS, register, kernels, condition);
    }

    static PolicyEntry safeMissing(String register) {
        return safeMissing(register, KernelRange.any(), null);
    }

    static PolicyEntry safeMissing(String register, KernelRange kernels, @Nullable ValueCondition condition) {
        return entry(CompatProperty.SAFE_MISSING_REGS, register, kernels, condition);
    }

    private static PolicyEntry entry(
            CompatProperty property, String register, KernelRange kernels, @Nullable ValueCondition condition) {
        return new PolicyEntry(
                Math.abs(Objects.hash(property, register, kernels, condition)) + 1L,
                new EntryContent(
                        "virt-10.1", property, RegisterId.parseLenient(register), kernels, condition, "a test"));
    }

    /** The policy of these entries on {@link #DEBIAN_6_1}. */
    static EffectivePolicy policy(PolicyEntry... entries) {
        return EffectivePolicy.of(
                PolicyTable.of(List.of(new MachineType("virt-10.1", "aarch64", null, "")), List.of(entries)),
                "virt-10.1",
                DEBIAN_6_1);
    }

    static SourceSide source(RegisterList registers, PolicyEntry... entries) {
        return new SourceSide(registers, policy(entries), true);
    }

    static Destination destination(RegisterList registers, PolicyEntry... entries) {
        return new Destination(
                registers,
                policy(entries),
                new LoadBehaviour.XMigProperties(),
                Accelerator.KVM,
                null,
                null,
                OptionalLong.empty());
    }

    /** A destination, to be changed one attribute at a time. */
    record Destination(
            RegisterList registers,
            EffectivePolicy policy,
            LoadBehaviour behaviour,
            Accelerator accelerator,
            @Nullable KernelRelease kernel,
            @Nullable WritableMasks masks,
            OptionalLong hardwareNv) {

        Destination behaving(LoadBehaviour other) {
            return new Destination(registers, policy, other, accelerator, kernel, masks, hardwareNv);
        }

        Destination under(Accelerator other) {
            return new Destination(registers, policy, behaviour, other, kernel, masks, hardwareNv);
        }

        Destination running(String release) {
            return new Destination(
                    registers, policy, behaviour, accelerator, KernelRelease.parse(release), masks, hardwareNv);
        }

        Destination masked(String... masks) {
            java.util.Map<RegisterId, Long> given = new java.util.TreeMap<>();
            for (String mask : masks) {
                String[] parts = mask.split("=", 2);
                given.put(
                        RegisterId.parseLenient(parts[0]),
                        RegisterValue.parse(parts[1]).bits());
            }
            return new Destination(
                    registers, policy, behaviour, accelerator, kernel, new WritableMasks(given), hardwareNv);
        }

        Destination hardwareNv(long nv) {
            return new Destination(registers, policy, behaviour, accelerator, kernel, masks, OptionalLong.of(nv));
        }

        DestinationSide side() {
            return new DestinationSide(registers, policy, behaviour, accelerator, kernel, masks, hardwareNv);
        }

        Evaluation from(SourceSide source) {
            Evaluation evaluation = Evaluator.evaluate(source, side());
            assertThat(Evaluator.verdict(source, side())).isEqualTo(evaluation.verdict());
            return evaluation;
        }

        Evaluation from(String... registers) {
            return from(source(list(registers)));
        }
    }

    /** {@code KIND/SEVERITY register} of each finding, in order. */
    static List<String> findings(Evaluation evaluation) {
        List<String> texts = new ArrayList<>();
        for (Finding finding : evaluation.findings()) {
            texts.add(finding.kind() + "/" + finding.severity()
                    + (finding.register() == null
                            ? ""
                            : " " + finding.register().name()));
        }
        return texts;
    }
}
