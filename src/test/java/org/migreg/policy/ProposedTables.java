package org.migreg.policy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.migreg.hostkernel.KernelRange;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.policy.change.ProposedTable;
import org.migreg.property.Generator;
import org.migreg.qemu.MachineType;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterNames;

/** Tables for tests: the patch series' own examples, and any table. */
public final class ProposedTables {

    public static final RegisterId VENDOR_HYP_BMAP_2 = RegisterId.parse("0x6030000000160003");
    public static final RegisterId TCR2_EL1 = RegisterId.parse("0x603000000013c103");
    public static final RegisterId PIRE0_EL1 = RegisterId.parse("0x603000000013c512");
    public static final RegisterId PIR_EL1 = RegisterId.parse("0x603000000013c513");
    public static final RegisterId DBGDTRTX = RegisterId.parse("0x40200000200e0298");

    private ProposedTables() {}

    /** The table by itself, entries numbered from 1 in their order. */
    public static PolicyTable policies(ProposedTable table) {
        List<EntryContent> entries = table.entries();
        return PolicyTable.of(
                table.machineTypes(),
                IntStream.range(0, entries.size())
                        .mapToObj(i -> new PolicyEntry(i + 1L, entries.get(i)))
                        .toList());
    }

    /** What a machine type sets on hosts with this kernel. */
    public static PolicyUnion forHost(
            PolicyTable table, String machineType, PolicyUnion.Scope scope, KernelRelease hostKernel) {
        return PolicyUnion.over(table, machineType, scope, List.of(hostKernel));
    }

    /** virt-10.1 to virt-11.0 with the entries of the series' own example, and kernels as really needed. */
    public static ProposedTable ofTheSeries() {
        return new ProposedTable(
                ProposedTable.Covers.REGISTRY,
                List.of(
                        new MachineType("virt-10.1", "aarch64", "virt-10.2", ""),
                        new MachineType("virt-10.2", "aarch64", "virt-11.0", "the last with DBGDTRTX"),
                        new MachineType("virt-11.0", "aarch64", null, "")),
                List.of(
                        new EntryContent(
                                        "virt-10.1",
                                        CompatProperty.HIDDEN_REGS,
                                        VENDOR_HYP_BMAP_2,
                                        KernelRange.parse("upstream/>=6.15"),
                                        null,
                                        "KVM exposes it from 6.15 on.")
                                .withReferences(List.of("Linux c0000e58c74e")),
                        safeMissing("virt-10.1", TCR2_EL1, "upstream/>=6.13"),
                        safeMissing("virt-10.1", PIRE0_EL1, "upstream/>=6.13"),
                        safeMissing("virt-10.1", PIR_EL1, "upstream/>=6.13"),
                        new EntryContent(
                                        "virt-10.2",
                                        CompatProperty.SAFE_MISSING_REGS,
                                        DBGDTRTX,
                                        KernelRange.any(),
                                        new ValueCondition(-1, 0),
                                        "Bogus AArch32 register.\nQEMU up to 11.0 lists it under TCG.")
                                .withReferences(List.of("QEMU 655659a74a36", "QEMU 4f2b82f604"))));
    }

    private static EntryContent safeMissing(String machineType, RegisterId register, String kernels) {
        return new EntryContent(
                machineType,
                CompatProperty.SAFE_MISSING_REGS,
                register,
                KernelRange.parse(kernels),
                null,
                "Exposed unconditionally before 6.13.");
    }

    /** Any table of virt-9.0 to virt-9.5 without a circle, with texts of every printable kind. */
    public static Generator<ProposedTable> any() {
        return entry().list(0, 12).map(list -> {
            Map<EntryIdentity, EntryContent> distinct = new LinkedHashMap<>();
            list.forEach(entry -> distinct.putIfAbsent(entry.identity(), entry));
            return new ProposedTable(
                    ProposedTable.Covers.REGISTRY,
                    LongStream.rangeClosed(0, 5)
                            .mapToObj(n -> new MachineType(
                                    "virt-9." + n, "aarch64", n == 5 ? null : "virt-9." + (n + 1), "number " + n))
                            .toList(),
                    List.copyOf(distinct.values()));
        });
    }

    public static Generator<RegisterId> registers() {
        List<RegisterId> migratable = RegisterNames.all().stream()
                .map(RegisterNames.Named::id)
                .filter(RegisterId::isMigratable)
                .toList();
        return Generator.of(migratable);
    }

    private static Generator<EntryContent> entry() {
        String printable =
                IntStream.rangeClosed(' ', '~').mapToObj(Character::toString).collect(Collectors.joining());
        Generator<String> text = Generator.oneOf(
                        Generator.textsOf(printable, 1, 40),
                        Generator.textsOf(printable + "\n\t\"'#:é\u2028\u0085\ufeff漢".repeat(9), 1, 40))
                .filter(any -> !any.isBlank());
        Generator<KernelRange> kernels = Generator.of(
                        "any/*", "upstream/>=6.13|<6.20", "el9/>=5.14.0-503", "debian/*", "upstream/!=6.16.3")
                .map(KernelRange::parse);
        Generator<ValueCondition> conditions = given -> {
            long mask = given.any(Generator.longs().filter(any -> any != 0));
            return new ValueCondition(mask, given.any(Generator.longs()) & mask);
        };
        return given -> {
            CompatProperty property = given.any(Generator.of(CompatProperty.class));
            return new EntryContent(
                            "virt-9." + given.any(Generator.integers(0, 5)),
                            property,
                            given.any(registers()),
                            given.any(kernels),
                            property == CompatProperty.HIDDEN_REGS ? null : given.any(conditions.orNull(0.5)),
                            given.any(text))
                    .withReferences(given.any(text.list(0, 3)));
        };
    }
}
