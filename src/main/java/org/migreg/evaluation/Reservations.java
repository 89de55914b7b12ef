package org.migreg.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.hostkernel.PageSize;
import org.migreg.qemu.Accelerator;
import org.migreg.qemu.QemuVersion;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterList;
import org.migreg.register.RegisterNames;
import org.migreg.register.WholeList;

/**
 * What speaks against a move whatever the lists and values say: doubts about a side, guests that QEMU does not migrate at
 * all, and moves that nobody supports.
 *
 * @param findings the heaviest first
 */
record Reservations(List<Finding> findings, List<Assumption> assumptions) {

    /** Listed only for guests with EL2 (captures of 6.16 to 7.3 with and without it). */
    private static final RegisterId OF_EL2 = RegisterNames.require("HCR_EL2");

    /** As QEMU 11.1.3 prints it. */
    private static final String NESTED_MESSAGE = "Error: Live migration disabled because KVM nested virt is enabled";

    static Reservations of(SourceSide source, DestinationSide destination) {
        Circumstances ofSource = source.circumstances();
        Circumstances ofDestination = destination.circumstances();
        List<Finding> findings = new ArrayList<>(ofSource.doubts());
        ofDestination.doubts().stream()
                .filter(doubt -> !findings.contains(doubt))
                .forEach(findings::add);
        List<Assumption> assumptions = new ArrayList<>(ofSource.assumptions());
        ofDestination.assumptions().stream()
                .filter(assumption -> !assumptions.contains(assumption))
                .forEach(assumptions::add);
        if (destination.accelerator() == Accelerator.KVM) {
            boolean excerpt = WholeList.isExcerpt(source.registers());
            whole("source", source.registers(), excerpt, ofSource.kernel(), findings, assumptions);
            whole("destination", destination.registers(), excerpt, destination.hostKernel(), findings, assumptions);
            nested(source, destination, findings);
            cpu(ofSource, ofDestination, findings, assumptions);
        }
        laterQemu(ofSource.qemu(), assumptions);
        laterQemu(ofDestination.qemu(), assumptions);
        pageSize(ofSource.kernel(), destination.hostKernel(), findings);
        findings.sort(Comparator.comparing(Finding::severity));
        return new Reservations(findings, assumptions);
    }

    /** @param excerpt whether the question is about some registers: of a whole list, too few go anywhere */
    private static void whole(
            String side,
            RegisterList registers,
            boolean excerpt,
            @Nullable KernelRelease kernel,
            List<Finding> findings,
            List<Assumption> assumptions) {
        if (findings.stream().anyMatch(doubt -> doubt.kind() == FindingKind.LIST_NOT_WHOLE)) {
            return;
        }
        if (excerpt && WholeList.isExcerpt(registers)) {
            assumptions.add(
                    new Assumption(Assumption.Code.LIST_IS_EXCERPT, FindingText.excerpt(side, registers.size())));
            return;
        }
        String why = kernel == null
                ? WholeList.whyItIsNot(registers, 0, 0)
                : WholeList.whyItIsNot(
                        registers, kernel.base().major(), kernel.base().minor());
        if (why != null) {
            findings.add(Finding.of(FindingKind.LIST_NOT_WHOLE, Severity.UNKNOWN, FindingText.notWhole(side, why)));
        }
    }

    private static void nested(SourceSide source, DestinationSide destination, List<Finding> findings) {
        if (!source.circumstances().hasEl2()
                && !destination.circumstances().hasEl2()
                && !source.registers().contains(OF_EL2)) {
            return;
        }
        QemuVersion qemu = source.circumstances().qemu();
        boolean refuses = qemu != null && refusesNestedGuests(qemu);
        findings.add(Finding.of(
                FindingKind.NESTED_VIRTUALIZATION,
                refuses ? Severity.BLOCKING : Severity.UNKNOWN,
                FindingText.nested(qemu, refuses, NESTED_MESSAGE)));
    }

    /**
     * QEMU gives guests EL2 under KVM since 10.1, and refuses to migrate them since then. Source: QEMU {@code
     * hw/intc/arm_gicv3_kvm.c}, the blocker of July 2025; seen with 11.1.3.
     */
    private static boolean refusesNestedGuests(QemuVersion qemu) {
        return qemu.isAtLeast(10, 1) && !qemu.isAtLeast(11, 2) && !qemu.isDevelopmentBuild() && !qemu.isCandidate();
    }

    private static void cpu(
            Circumstances source, Circumstances destination, List<Finding> findings, List<Assumption> assumptions) {
        String there = source.cpuOrHost().model();
        String here = destination.cpuOrHost().model();
        if (!there.equals(here)) {
            findings.add(
                    Finding.of(FindingKind.CPU_OPTIONS_UNKNOWN, Severity.UNKNOWN, FindingText.cpuDiffers(there, here)));
        }
        if (source.cpu() == null || destination.cpu() == null) {
            assumptions.add(Assumption.guestCpuHost());
        }
    }

    private static void laterQemu(@Nullable QemuVersion qemu, List<Assumption> assumptions) {
        Assumption.laterQemu(qemu)
                .filter(assumption -> !assumptions.contains(assumption))
                .ifPresent(assumptions::add);
    }

    private static void pageSize(
            @Nullable KernelRelease source, @Nullable KernelRelease destination, List<Finding> findings) {
        PageSize from = source == null ? null : PageSize.of(source);
        PageSize to = destination == null ? null : PageSize.of(destination);
        boolean mayDiffer = source != null
                && destination != null
                && (from == null ? to != null && to.isUnusual() : to == null && from.isUnusual());
        if (mayDiffer || from != null && to != null && !Objects.equals(from, to)) {
            findings.add(
                    Finding.of(FindingKind.PAGE_SIZE_DIFFERS, Severity.WARNING, FindingText.pageSizeDiffers(from, to)));
        }
    }

    /** The verdict with these held against it. */
    Verdict on(Verdict verdict) {
        if (findings.stream().anyMatch(Reservations::isDoubt)) {
            return Verdict.UNKNOWN;
        }
        if (has(Severity.UNKNOWN)) {
            return verdict.mayMigrate() ? Verdict.UNKNOWN : verdict;
        }
        if (has(Severity.BLOCKING)) {
            return Verdict.INCOMPATIBLE;
        }
        return verdict == Verdict.COMPATIBLE && has(Severity.WARNING) ? Verdict.COMPATIBLE_WITH_WARNINGS : verdict;
    }

    /** Whether it leaves nothing to rely on, so that the move may not even be refused for sure. */
    private static boolean isDoubt(Finding finding) {
        return finding.severity() == Severity.UNKNOWN
                && finding.kind() != FindingKind.NESTED_VIRTUALIZATION
                && finding.kind() != FindingKind.LIST_IS_EXCERPT;
    }

    private boolean has(Severity severity) {
        return findings.stream().anyMatch(finding -> finding.severity() == severity);
    }

    /** The evaluation with these held against it. */
    Evaluation on(Evaluation evaluation) {
        if (findings.isEmpty() && assumptions.isEmpty()) {
            return evaluation;
        }
        Verdict verdict = on(evaluation.verdict());
        List<Finding> all = new ArrayList<>(evaluation.findings());
        all.addAll(findings);
        // Stable: what was sorted stays so among its like.
        all.sort(Comparator.comparing(Finding::severity));
        List<Assumption> assumed = new ArrayList<>(evaluation.assumptions());
        assumed.addAll(assumptions);
        Finding deciding = deciding(evaluation.verdict(), verdict);
        return new Evaluation(
                verdict,
                evaluation.basis(),
                deciding == null ? evaluation.qemuOutcome() : outcome(evaluation.qemuOutcome(), verdict),
                deciding == null ? evaluation.summary() : deciding.sentence(),
                evaluation.counts(),
                all,
                assumed);
    }

    /** The one that decides; null where lists and values do. */
    private @Nullable Finding deciding(Verdict without, Verdict verdict) {
        Severity severity = verdict == Verdict.INCOMPATIBLE ? Severity.BLOCKING : Severity.UNKNOWN;
        if (verdict != Verdict.INCOMPATIBLE
                && (verdict != Verdict.UNKNOWN
                        || without == Verdict.UNKNOWN && findings.stream().noneMatch(Reservations::isDoubt))) {
            return null;
        }
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .findFirst()
                .orElse(null);
    }

    private static QemuOutcome outcome(QemuOutcome outcome, Verdict verdict) {
        return verdict == Verdict.INCOMPATIBLE
                ? new QemuOutcome(false, outcome.behaviour(), null, List.of(NESTED_MESSAGE))
                : new QemuOutcome(null, outcome.behaviour(), null, List.of());
    }
}
