package org.migreg.question;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.migreg.capture.Capture;
import org.migreg.evaluation.RecordedOutcomes;
import org.migreg.hostkernel.KernelRange;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.policy.CompatProperty;
import org.migreg.policy.EntryContent;
import org.migreg.policy.PolicyEntry;
import org.migreg.policy.PolicyTable;
import org.migreg.qemu.Accelerator;
import org.migreg.qemu.MachineType;
import org.migreg.question.fleet.CapturedHost;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterList;
import org.migreg.register.WholeLists;
import tools.jackson.databind.JsonNode;

/** Hosts with the captures of real kernels, and tables for them. */
public final class RealCaptures {

    /** Every captured kernel, oldest first. */
    public static final List<String> KERNELS = List.of(
            "6.1.0-50-arm64",
            "6.12.43+deb12-arm64",
            "6.12.107+deb13-arm64",
            "6.16.12+deb13-arm64",
            "6.18.15+deb13-arm64",
            "7.0.13+deb13-arm64",
            "7.2.13+deb14-arm64",
            "7.3.4+deb13-arm64");

    private static final Map<String, CapturedHost> READ = new LinkedHashMap<>();

    private RealCaptures() {}

    /** A host of this kernel and CPU model with what {@code -cpu host} asks for. */
    public static CapturedHost host(String kernel, String cpuModel) {
        return host(kernel, cpuModel, "qemu-host");
    }

    public static synchronized CapturedHost host(String kernel, String cpuModel, String features) {
        return READ.computeIfAbsent(kernel + "__" + cpuModel + "__" + features, RealCaptures::read);
    }

    /** One host for each captured kernel. */
    public static List<CapturedHost> all(String cpuModel) {
        return all(cpuModel, "qemu-host");
    }

    public static List<CapturedHost> all(String cpuModel, String features) {
        List<CapturedHost> hosts = new ArrayList<>();
        KERNELS.forEach(kernel -> hosts.add(host(kernel, cpuModel, features)));
        return hosts;
    }

    private static CapturedHost read(String name) {
        JsonNode capture = RecordedOutcomes.capture(name);
        String cpuModel = capture.get("cpuModel").asString();
        return new CapturedHost(
                name.substring(0, name.indexOf('-')).replaceAll("[+].*", "") + " " + cpuModel + " "
                        + capture.get("vcpuFeatureSet").asString(),
                new Capture(
                        RecordedOutcomes.registers(capture.get("registers")),
                        KernelRelease.parse(
                                capture.get("kernelRelease").asString(),
                                capture.get("package").asString()),
                        capture.get("package").asString(),
                        cpuModel,
                        null,
                        Accelerator.KVM,
                        null,
                        null,
                        capture.get("vcpuFeatureSet").asString(),
                        List.of(),
                        RecordedOutcomes.masks(capture),
                        (int) RecordedOutcomes.hardwareNv(cpuModel),
                        "seed",
                        null));
    }

    /** A made-up host with these registers, all of value 0, beside those that every host lists. */
    public static CapturedHost made(String label, String kernel, List<RegisterId> registers) {
        RegisterList.Builder builder = RegisterList.builder();
        registers.forEach(register -> builder.add(register, 0));
        return new CapturedHost(
                label,
                new Capture(
                        WholeLists.with(builder.build()),
                        KernelRelease.parse(kernel),
                        null,
                        "made-up",
                        null,
                        Accelerator.KVM,
                        null,
                        null,
                        null,
                        List.of(),
                        null,
                        null,
                        "made up",
                        null));
    }

    /** virt-10.1, inheriting from virt-10.2, inheriting from virt-11.0, with these entries. */
    public static PolicyTable table(PolicyEntry... entries) {
        return PolicyTable.of(
                List.of(
                        new MachineType("virt-10.1", "aarch64", "virt-10.2", ""),
                        new MachineType("virt-10.2", "aarch64", "virt-11.0", ""),
                        new MachineType("virt-11.0", "aarch64", null, "")),
                List.of(entries));
    }

    public static PolicyEntry hidden(long id, String machineType, String register, String kernels) {
        return entry(id, machineType, CompatProperty.HIDDEN_REGS, register, kernels);
    }

    public static PolicyEntry safeMissing(long id, String machineType, String register, String kernels) {
        return entry(id, machineType, CompatProperty.SAFE_MISSING_REGS, register, kernels);
    }

    private static PolicyEntry entry(
            long id, String machineType, CompatProperty property, String register, String kernels) {
        return new PolicyEntry(
                id,
                new EntryContent(
                                machineType,
                                property,
                                RegisterId.parseLenient(register),
                                KernelRange.parse(kernels),
                                null,
                                "for the test")
                        .withReferences(List.of("commit 0fcb4eea5345")));
    }
}
