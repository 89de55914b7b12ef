package org.migreg.capture;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.migreg.qemu.Accelerator;
import org.migreg.qemu.CpuOptions;
import org.migreg.qemu.QemuVersion;
import org.migreg.register.KnownRegisters;
import org.migreg.register.RegisterList;
import org.migreg.register.WritableMasks;

/** What a file, or whoever hands it in, says of the host or guest that a register list is of. Immutable. */
public final class SaidOfHost {

    /**
     * Something that can be said: what people call it.
     *
     * @param <T> the kind of value that says it
     */
    @SuppressWarnings("UnusedTypeParameter") // ties with() and get() to the kind of value
    public record Fact<T>(String name) {

        /** As {@code uname -r} prints it. */
        public static final Fact<String> KERNEL_RELEASE = new Fact<>("kernel");

        /** The kernel's package, or {@code uname -v}. */
        public static final Fact<String> KERNEL_PACKAGE = new Fact<>("package");

        public static final Fact<String> CPU_MODEL = new Fact<>("CPU model");
        public static final Fact<Long> MIDR = new Fact<>("MIDR");
        public static final Fact<Accelerator> ACCELERATOR = new Fact<>("accelerator");
        public static final Fact<QemuVersion> QEMU = new Fact<>("QEMU");
        public static final Fact<String> MACHINE_TYPE = new Fact<>("machine type");

        /** A name for the features a vCPU was asked for, such as {@code qemu-host}. */
        public static final Fact<String> VCPU_FEATURE_SET = new Fact<>("vCPU feature set");

        public static final Fact<Set<String>> VCPU_FEATURES = new Fact<>("vCPU features");

        public static final Fact<WritableMasks> MASKS = new Fact<>("writable masks");

        /** The hardware's ID_AA64MMFR2_EL1.NV, 0 to 15. */
        public static final Fact<Integer> HARDWARE_NV = new Fact<>("hardware NV");

        /** What guest CPU QEMU was given. */
        public static final Fact<CpuOptions> CPU = new Fact<>("CPU options");

        /** How the list was taken, in words. */
        public static final Fact<String> ORIGIN = new Fact<>("origin");
    }

    /** Says nothing. */
    public static final SaidOfHost NOTHING = new SaidOfHost(Map.of());

    private final Map<Fact<?>, Object> said;

    private SaidOfHost(Map<Fact<?>, Object> said) {
        this.said = Map.copyOf(said);
    }

    /** What a list itself shows: MIDR, and the accelerator where one alone lists such registers. */
    public static SaidOfHost shownBy(RegisterList registers) {
        OptionalLong midr = registers.valueOf(KnownRegisters.MIDR_EL1);
        return NOTHING.with(Fact.MIDR, midr.isPresent() ? (Long) midr.getAsLong() : null)
                .with(Fact.ACCELERATOR, AcceleratorEvidence.of(registers));
    }

    /** This, and a fact more; null says nothing. */
    public <T> SaidOfHost with(Fact<T> fact, @Nullable T value) {
        return value == null ? this : new SaidOfHost(Map.of(fact, value)).orElse(this);
    }

    /** This, and for what this does not say the other. */
    public SaidOfHost orElse(SaidOfHost other) {
        Map<Fact<?>, Object> both = new HashMap<>(other.said);
        both.putAll(said);
        return new SaidOfHost(both);
    }

    /** Null where nothing is said of it. */
    @SuppressWarnings("unchecked") // as with() takes it
    public <T> @Nullable T get(Fact<T> fact) {
        return (T) said.get(fact);
    }

    /** Of what the other says otherwise; how a list was taken may be said in many ways. */
    public List<Fact<?>> contradictedBy(SaidOfHost other) {
        return said.keySet().stream()
                .filter(fact -> !fact.equals(Fact.ORIGIN) && other.said.containsKey(fact))
                .filter(fact -> !Objects.equals(get(fact), other.get(fact)))
                .sorted(Comparator.comparing(Fact::name))
                .toList();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SaidOfHost same && said.equals(same.said);
    }

    @Override
    public int hashCode() {
        return said.hashCode();
    }
}
