package org.migreg.contract.json;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.CaptureId;
import org.migreg.capture.HostName;
import org.migreg.evaluation.LoadBehaviour;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.hostkernel.KernelStream;
import org.migreg.policy.CompatProperty;
import org.migreg.qemu.Accelerator;
import org.migreg.qemu.CpuOptions;
import org.migreg.qemu.QemuVersion;
import org.migreg.question.fleet.Directions;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterValue;

/**
 * A domain value that requests give as one text, in bodies as in parameters.
 *
 * @param type the value's type; a toString of it can be read again
 * @param noun what the text is, with an example
 * @param parser refuses what is none with an IllegalArgumentException that says what would be right
 */
public record DomainText<T>(Class<T> type, String noun, Function<String, T> parser) {

    /** Every type of value that is read so. */
    public static final List<DomainText<?>> ALL = List.of(
            new DomainText<>(RegisterId.class, "a register ID, such as TCR2_EL1", RegisterId::parseLenient),
            new DomainText<>(RegisterValue.class, "a value, such as 0x10001", RegisterValue::parse),
            new DomainText<>(
                    KernelRelease.class, "a kernel release, such as 6.12.107+deb13-arm64", KernelRelease::parse),
            new DomainText<>(
                    KernelStream.class, "a kernel stream, such as upstream or el9", KernelStream::parseLenient),
            new DomainText<>(
                    CompatProperty.class, "x-mig-hidden-regs or x-mig-safe-missing-regs", CompatProperty::parse),
            new DomainText<>(CaptureId.class, "the id of a capture", CaptureId::new),
            new DomainText<>(HostName.class, "the name of a host", HostName::parseLenient),
            new DomainText<>(Accelerator.class, "kvm or tcg", Accelerator::parse),
            new DomainText<>(CpuOptions.class, "QEMU's -cpu option, such as host or host,pmu=off", CpuOptions::parse),
            new DomainText<>(QemuVersion.class, "the version of a QEMU, such as 10.2.1", QemuVersion::parse),
            new DomainText<>(Directions.class, "FORWARD, BACKWARD or BOTH", Directions::parse),
            new DomainText<>(
                    LoadBehaviour.Spec.class,
                    names(LoadBehaviour.Spec.class),
                    text -> LoadBehaviour.parse(text).spec()));

    private static final Map<Class<?>, DomainText<?>> BY_TYPE =
            ALL.stream().collect(Collectors.toUnmodifiableMap(DomainText::type, Function.identity()));

    /** How values of the type are read; null where they are not given as a text. */
    public static @Nullable DomainText<?> of(Class<?> type) {
        DomainText<?> known = BY_TYPE.get(type);
        return known == null && type.isEnum() ? ofEnum(type) : known;
    }

    private static <T> DomainText<T> ofEnum(Class<T> type) {
        String names = names(type);
        return new DomainText<>(
                type,
                names,
                text -> Arrays.stream(type.getEnumConstants())
                        .filter(value -> nameOf(value).equals(text.toUpperCase(Locale.ROOT)))
                        .findFirst()
                        .orElseThrow(() ->
                                new IllegalArgumentException("'" + text + "' is not known here: write " + names)));
    }

    private static String names(Class<?> type) {
        String names =
                Arrays.stream(type.getEnumConstants()).map(DomainText::nameOf).collect(Collectors.joining(", "));
        int last = names.lastIndexOf(", ");
        return last < 0 ? names : names.substring(0, last) + " or " + names.substring(last + 2);
    }

    private static String nameOf(Object value) {
        return ((Enum<?>) value).name();
    }
}
