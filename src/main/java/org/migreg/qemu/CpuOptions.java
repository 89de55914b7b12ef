package org.migreg.qemu;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What guest CPU QEMU was given: the model and properties of its {@code -cpu} option, as in {@code
 * host,pmu=off,kvm-psci-version=1.1}, and whether the machine has {@code virtualization=on}, which is written among the
 * properties.
 *
 * @param properties without those that say what holds anyway, such as {@code pmu=on}
 */
public record CpuOptions(String model, SortedMap<String, String> properties) {

    public static final String PMU = "pmu";
    public static final String SVE = "sve";
    public static final String POINTER_AUTHENTICATION = "pauth";
    public static final String PSCI_VERSION = "kvm-psci-version";

    /** The property that gives a guest this value of PSCI_VERSION: {@code kvm-psci-version=1.1}. */
    public static String psciVersion(long value) {
        return PSCI_VERSION + "=" + (value >>> 16) + "." + (value & 0xffff);
    }

    /** Of the machine, {@code -M virt,virtualization=on}: the guest has EL2. */
    public static final String VIRTUALIZATION = "virtualization";

    public static final int LONGEST = 300;

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** What holds of a CPU under KVM where nothing is said. Source: QEMU 11.1, {@code target/arm/cpu.c, kvm.c, hw/arm/virt.c}. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "aarch64",
            "on",
            PMU,
            "on",
            SVE,
            "on",
            POINTER_AUTHENTICATION,
            "on",
            "kvm-steal-time",
            "on",
            "kvm-no-adjvtime",
            "off",
            VIRTUALIZATION,
            "off");

    // After what its constructor uses.
    /** {@code -cpu host}, as libvirt's host-passthrough gives it. */
    public static final CpuOptions HOST = new CpuOptions("host", new TreeMap<>());

    public CpuOptions {
        require(NAME, "CPU model", model);
        TreeMap<String, String> others = new TreeMap<>();
        properties.forEach((name, value) -> {
            require(NAME, "CPU property", name);
            require(VALUE, "value of the CPU property " + name, value);
            String plain = plain(value);
            if (!plain.equals(DEFAULTS.get(name))) {
                others.put(name, plain);
            }
        });
        properties = Collections.unmodifiableSortedMap(others);
    }

    /**
     * Reads what {@code -cpu} takes.
     *
     * @throws IllegalArgumentException saying what would be right
     */
    public static CpuOptions parse(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "CPU options have at most " + LONGEST + " characters; these have " + text.length());
        }
        String[] parts = text.split(",", -1);
        TreeMap<String, String> properties = new TreeMap<>();
        for (int i = 1; i < parts.length; i++) {
            String part = parts[i].strip();
            int equals = part.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException(
                        "'" + shortened(part) + "' is not a CPU property: write name=value, as in host,pmu=off");
            }
            if (properties.put(part.substring(0, equals), part.substring(equals + 1)) != null) {
                throw new IllegalArgumentException(
                        "the CPU property '" + shortened(part.substring(0, equals)) + "' is given twice: give it once");
            }
        }
        return new CpuOptions(parts[0].strip(), properties);
    }

    /** QEMU takes four words for each. */
    private static String plain(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "on", "true", "yes", "y" -> "on";
            case "off", "false", "no", "n" -> "off";
            default -> value;
        };
    }

    private static void require(Pattern pattern, String what, String value) {
        if (!pattern.matcher(value).matches()) {
            throw new IllegalArgumentException("'" + shortened(value) + "' is not a " + what
                    + ": write QEMU's -cpu option, such as host, cortex-a57 or host,pmu=off");
        }
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }

    /** Whether the guest has the host's own CPU; QEMU 11.1's tolerances under KVM are only for it. */
    public boolean isHost() {
        return model.equals("host");
    }

    /** Whether the guest has EL2. */
    public boolean hasEl2() {
        return "on".equals(properties.get(VIRTUALIZATION)) || "on".equals(properties.get("has_el2"));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(model);
        properties.forEach(
                (name, value) -> text.append(',').append(name).append('=').append(value));
        return text.toString();
    }
}
