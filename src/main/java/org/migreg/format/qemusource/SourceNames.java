package org.migreg.format.qemusource;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How QEMU's sources name what belongs to a machine type: {@code virt-10.1} has {@code
 * virt_machine_10_1_options()} and {@code arm_virt_compat_10_1}, {@code virt-rhel9.6.0} has {@code
 * virt_rhel_machine_9_6_0_options()}; older sources of RHEL have {@code rhel960_virt_options()}.
 */
final class SourceNames {

    private static final Pattern MACHINE_TYPE = Pattern.compile("virt-(rhel)?([0-9]+(?:\\.[0-9]+)*)");
    private static final Pattern FUNCTION =
            Pattern.compile("virt_(rhel_)?machine_([0-9]+(?:_[0-9]+)*)_(options|mig_compat)");
    private static final Pattern OLD_RHEL_FUNCTION = Pattern.compile("rhel([0-9]+)([0-9])([0-9])_virt_options");
    private static final Pattern ARRAY =
            Pattern.compile("(?:arm_virt_(rhel_)?(?:[a-z]+_)?|hw_)compat_([0-9]+(?:_[0-9]+)+)");

    private SourceNames() {}

    /** The machine type whose options the function sets, or null. */
    static @Nullable String machineTypeOf(String function) {
        Matcher old = OLD_RHEL_FUNCTION.matcher(function);
        if (old.matches()) {
            return "virt-rhel" + old.group(1) + "." + old.group(2) + "." + old.group(3);
        }
        Matcher matcher = FUNCTION.matcher(function);
        return matcher.matches() ? machineType(matcher.group(1) != null, matcher.group(2)) : null;
    }

    /** The machine type whose options add an array of this name, or null where the name does not say. */
    static @Nullable String machineTypeOfArray(String array) {
        Matcher matcher = ARRAY.matcher(array);
        return matcher.matches() ? machineType(matcher.group(1) != null, matcher.group(2)) : null;
    }

    private static String machineType(boolean rhel, String numbers) {
        return "virt-" + (rhel ? "rhel" : "") + numbers.replace('_', '.');
    }

    /** Whether the function is called only for its own machine type, not by older ones. */
    static boolean isForOneMachineType(String function) {
        return function.endsWith("_mig_compat");
    }

    /** Whether sources can name it so that its name can be read back. */
    static boolean isNamed(String machineType) {
        return MACHINE_TYPE.matcher(machineType).matches();
    }

    static String function(String machineType, String suffix) {
        List<String> parts = parts(machineType);
        return "virt_" + parts.get(0) + "machine_" + parts.get(1) + "_" + suffix;
    }

    static String array(String machineType) {
        List<String> parts = parts(machineType);
        return "arm_virt_" + parts.get(0) + "compat_" + parts.get(1);
    }

    private static List<String> parts(String machineType) {
        Matcher matcher = MACHINE_TYPE.matcher(machineType);
        if (!matcher.matches()) {
            return List.of("", machineType.replaceAll("[^A-Za-z0-9]", "_"));
        }
        return List.of(matcher.group(1) == null ? "" : "rhel_", matcher.group(2).replace('.', '_'));
    }
}
