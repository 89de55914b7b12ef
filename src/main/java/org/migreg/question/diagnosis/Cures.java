package org.migreg.question.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.Capture;
import org.migreg.hostkernel.KernelRange;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.hostkernel.KernelStream;
import org.migreg.hostkernel.UpstreamNumbering;
import org.migreg.policy.CompatProperty;
import org.migreg.policy.EffectivePolicy;
import org.migreg.policy.EntryContent;
import org.migreg.policy.ValueCondition;
import org.migreg.qemu.Accelerator;
import org.migreg.register.RegisterEncoding;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterNames;

/**
 * Which entries let a register pass that the destination does not know.
 *
 * <p>Safe-missing on the destination is preferred: it costs the register's state on this one way alone,
 * while hiding it on the source costs it on every migration from there. Bitmaps of hypercall services are
 * hidden where they are exposed: they are harmless while 0, and a destination that lacks them should not
 * be relied on to ignore them.
 */
final class Cures {

    /** Bit 29 of an AArch32 register's id. Source: QEMU target/arm/cpregs.h, CP_REG_NS_SHIFT. */
    private static final long NON_SECURE = 1L << 29;

    private final Situation situation;

    Cures(Situation situation) {
        this.situation = situation;
    }

    /** The element of the table that already should have let the register pass, or null. */
    EffectivePolicy.@Nullable Element alreadyAsked(RegisterId register) {
        EffectivePolicy.Element safeMissing =
                situation.policyOn(situation.destination()).element(CompatProperty.SAFE_MISSING_REGS, register);
        if (safeMissing != null && safeMissing.isDecided()) {
            return safeMissing;
        }
        EffectivePolicy.Element hidden =
                situation.policyOn(situation.source()).element(CompatProperty.HIDDEN_REGS, register);
        return hidden != null && hidden.isDecided() ? hidden : null;
    }

    /** The preferred entry first; empty where the register can never stand in a list. */
    List<CuringEntry> of(RegisterId register) {
        if (!register.isMigratable()) {
            return List.of();
        }
        if (situation.accelerator() == Accelerator.TCG) {
            return underTcg(register);
        }
        boolean isBitmap = register.encoding() instanceof RegisterEncoding.FirmwareFeatureBitmap;
        boolean hide = isBitmap && (situation.sourceIsNewer() || situation.source() == null);
        CuringEntry safeMissing = safeMissing(register, isBitmap ? ValueCondition.ZERO : null, hide);
        CuringEntry hidden = hidden(register, isBitmap ? ValueCondition.ZERO : null, !hide);
        return hide ? List.of(hidden, safeMissing) : List.of(safeMissing, hidden);
    }

    private List<CuringEntry> underTcg(RegisterId register) {
        String why = "Under TCG the list depends on QEMU's version, not on the host kernel: the source's QEMU lists "
                + register.name() + ", the destination's does not.";
        List<CuringEntry> entries = new ArrayList<>();
        entries.add(proposed(CompatProperty.SAFE_MISSING_REGS, register, KernelRange.any(), null, why, false));
        RegisterId secure = new RegisterId(register.bits() & ~NON_SECURE);
        boolean isKnown = RegisterNames.lookUp(register) != null;
        if (register.encoding() instanceof RegisterEncoding.Aarch32Coprocessor
                && !isKnown
                && !secure.equals(register)) {
            String either = why + " QEMU prints every AArch32 register as non-secure, so it may be " + secure
                    + " as well as " + register + ".";
            entries.add(proposed(CompatProperty.SAFE_MISSING_REGS, secure, KernelRange.any(), null, either, true));
        }
        return entries;
    }

    private CuringEntry safeMissing(RegisterId register, @Nullable ValueCondition condition, boolean alternative) {
        KernelRelease here = situation.destination();
        KernelRange kernels = here == null
                ? KernelRange.any()
                : range(here, kernels(here, register, false), kernels(here, register, true), situation.source());
        return proposed(
                CompatProperty.SAFE_MISSING_REGS,
                register,
                kernels,
                condition,
                atFirst(who(situation.source(), "the kernel of a source")) + " lists " + register.name() + ", "
                        + who(situation.destination(), "the kernel of this destination")
                        + " does not, so the load fails. The state of the register is lost on the way: make sure that"
                        + " guests do without it.",
                alternative);
    }

    private CuringEntry hidden(RegisterId register, @Nullable ValueCondition condition, boolean alternative) {
        KernelRelease there = situation.source();
        KernelRange kernels = there == null
                ? KernelRange.any()
                : range(
                        there,
                        kernels(there, register, true),
                        kernels(there, register, false),
                        situation.destination());
        return proposed(
                CompatProperty.HIDDEN_REGS,
                register,
                kernels,
                condition,
                atFirst(who(situation.source(), "the kernel of a source")) + " lists " + register.name() + ", "
                        + who(situation.destination(), "the kernel of the destination")
                        + " does not, so the load fails. Hidden, the register is never sent, also not between hosts that"
                        + " both have it: make sure that guests do without it.",
                alternative);
    }

    private CuringEntry proposed(
            CompatProperty property,
            RegisterId register,
            KernelRange kernels,
            @Nullable ValueCondition condition,
            String rationale,
            boolean alternative) {
        String machineType = situation.machineType();
        return new CuringEntry(
                new EntryContent(
                        machineType == null ? CuringEntry.NEWEST : machineType,
                        property,
                        register,
                        kernels,
                        condition,
                        rationale),
                machineType != null,
                alternative);
    }

    private static String who(@Nullable KernelRelease kernel, String unknown) {
        return kernel == null ? unknown : "kernel " + kernel.text();
    }

    private static String atFirst(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /** Kernels of the host's own stream whose captures list the register, or all of whose captures lack it. */
    private List<KernelRelease> kernels(KernelRelease host, RegisterId register, boolean listing) {
        TreeSet<KernelRelease> having = new TreeSet<>(KernelRelease.LISTING_ORDER);
        TreeSet<KernelRelease> all = new TreeSet<>(KernelRelease.LISTING_ORDER);
        for (Capture capture : situation.captures()) {
            KernelRelease kernel = capture.kernel();
            if (kernel != null
                    && capture.accelerator() == Accelerator.KVM
                    && kernel.kernelStream().equals(host.kernelStream())) {
                all.add(kernel);
                if (capture.registers().contains(register)) {
                    having.add(kernel);
                }
            }
        }
        if (listing) {
            return List.copyOf(having);
        }
        all.removeAll(having);
        return List.copyOf(all);
    }

    /**
     * The stretch of kernels around this one that behave like it, as far as is known.
     *
     * @param alike kernels of its stream known to behave like it
     * @param unlike kernels of its stream known to behave otherwise
     * @param otherSide the other host's kernel, which behaves otherwise
     */
    private static KernelRange range(
            KernelRelease host,
            List<KernelRelease> alike,
            List<KernelRelease> unlike,
            @Nullable KernelRelease otherSide) {
        KernelStream stream = host.kernelStream();
        if (stream.equals(KernelStream.OTHER)) {
            return parsed(stream, "*");
        }
        TreeSet<KernelRelease> others = new TreeSet<>(KernelRelease.LISTING_ORDER);
        others.addAll(unlike);
        if (otherSide != null && comparable(host, otherSide)) {
            others.add(otherSide);
        }
        TreeSet<KernelRelease> same = new TreeSet<>(KernelRelease.LISTING_ORDER);
        same.addAll(alike);
        same.add(host);
        same.removeAll(others);
        List<String> constraints = new ArrayList<>();
        KernelRelease below = others.lower(host);
        if (below != null) {
            KernelRelease first = same.higher(below);
            constraints.add(">=" + bound(first == null ? host : first, below));
        }
        KernelRelease above = others.higher(host);
        if (above != null) {
            constraints.add("<" + bound(above, host));
        }
        return parsed(stream, constraints.isEmpty() ? "*" : String.join("|", constraints));
    }

    private static boolean comparable(KernelRelease a, KernelRelease b) {
        return a.kernelStream().equals(b.kernelStream())
                || a.kernelStream().upstreamNumbering() == UpstreamNumbering.FOLLOWED
                        && b.kernelStream().upstreamNumbering() == UpstreamNumbering.FOLLOWED;
    }

    /** The series where that tells the two apart, else the whole release. */
    private static String bound(KernelRelease release, KernelRelease other) {
        boolean sameSeries = release.base().major() == other.base().major()
                && release.base().minor() == other.base().minor();
        return sameSeries
                ? release.text()
                : release.base().major() + "." + release.base().minor();
    }

    private static KernelRange parsed(KernelStream stream, String constraints) {
        try {
            return KernelRange.parseLenient(stream, constraints);
        } catch (IllegalArgumentException notABound) {
            // A release whose text is no bound of its stream: the whole stream, which a person can narrow.
            return KernelRange.parse(stream, "*");
        }
    }
}
