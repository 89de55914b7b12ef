package org.migreg.policy.exchange;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.migreg.hostkernel.KernelRange;
import org.migreg.policy.CompatProperty;
import org.migreg.policy.EntryContent;
import org.migreg.policy.PolicyUnion;
import org.migreg.policy.change.ProposedTable;
import org.migreg.qemu.MachineType;
import org.migreg.register.RegisterId;
import org.migreg.register.Text;

/**
 * What a QEMU's arguments say of compat properties, machine type and CPU. Options that have nothing to
 * do with these are passed over.
 *
 * <p>The rules are QEMU's ({@code qom/qdev globals}, {@code util/qemu-option.c}): {@code -global
 * arm-cpu.x-mig-hidden-regs=VALUE} takes the rest of the argument as it is, the long form {@code -global
 * driver=arm-cpu,property=...,value=...} has commas doubled, {@code -cpu MODEL,x-mig-hidden-regs=VALUE}
 * ends at the next comma and so takes one number or range, and no property may be set twice.
 *
 * @param emulator the program, or null if the arguments begin with an option
 * @param machineType the name after {@code -machine} or {@code -M}, or null
 * @param accelerator the first one named, or null
 * @param cpuModel the name after {@code -cpu}, or null
 * @param cpuOptions what follows it, but for the compat properties
 * @param values the compat properties set
 */
public record QemuArguments(
        @Nullable String emulator,
        @Nullable String machineType,
        @Nullable String accelerator,
        @Nullable String cpuModel,
        List<String> cpuOptions,
        Map<CompatProperty, PropertyValue> values,
        List<String> remarks) {

    public QemuArguments {
        cpuOptions = List.copyOf(cpuOptions);
        values = Map.copyOf(values);
        remarks = List.copyOf(remarks);
    }

    /** The driver whose properties they are. */
    public static final String DRIVER = "arm-cpu";

    /** How arguments set a property. */
    public enum Form {
        /** {@code -global arm-cpu.x-mig-hidden-regs=0xA,0xB} */
        GLOBAL,
        /** {@code -global driver=arm-cpu,property=x-mig-hidden-regs,value=0xA,,0xB} */
        LONG_GLOBAL,
        /**
         * {@code -cpu host,x-mig-hidden-regs=0xA-0xB}: one number or range for each property; what has more goes after
         * {@code -global}
         */
        CPU
    }

    /** Why arguments cannot be read: the argument and the place in it, counted from 0, and what would be right. */
    public static final class RefusedArgumentException extends IllegalArgumentException {
        private static final long serialVersionUID = 1;
        private final int argument;
        private final int position;

        RefusedArgumentException(int argument, int position, String message) {
            super(message);
            this.argument = argument;
            this.position = position;
        }

        public int argument() {
            return argument;
        }

        public int position() {
            return position;
        }
    }

    private static final Pattern SHORT_GLOBAL = Pattern.compile("([^.=]{1,63})\\.([^=]{1,63})=(.*)", Pattern.DOTALL);

    /**
     * Reads the arguments as QEMU gets them, after the shell.
     *
     * @throws RefusedArgumentException where QEMU would refuse them, or they set a property in a way that
     *     entries cannot say
     */
    public static QemuArguments parse(List<String> arguments) {
        return new Reading(arguments).read();
    }

    /**
     * The arguments that set what the union holds; none where nothing is to be set.
     *
     * @param cpuModel what {@code -cpu} names; used only by {@link Form#CPU}
     */
    public static List<String> setting(PolicyUnion union, Form form, String cpuModel) {
        List<String> arguments = new ArrayList<>();
        StringBuilder cpu = new StringBuilder(cpuModel);
        for (CompatProperty property : CompatProperty.values()) {
            PropertyValue value = PropertyValue.of(union.registers(property));
            if (value.registers().isEmpty()) {
                continue;
            }
            switch (form) {
                case GLOBAL -> {
                    arguments.add("-global");
                    arguments.add(DRIVER + "." + property + "=" + value);
                }
                case LONG_GLOBAL -> {
                    arguments.add("-global");
                    arguments.add("driver=" + DRIVER + ",property=" + property + ",value="
                            + value.toString().replace(",", ",,"));
                }
                case CPU -> {
                    if (!value.isOneRange()) {
                        arguments.add("-global");
                        arguments.add(DRIVER + "." + property + "=" + value);
                        continue;
                    }
                    cpu.append(',').append(property).append('=').append(value.asOneRange());
                }
            }
        }
        if (form == Form.CPU) {
            arguments.add("-cpu");
            arguments.add(cpu.toString());
        }
        return arguments;
    }

    /**
     * The properties as entries of the machine type for every host.
     *
     * @param machineTypeIfNone the machine type if the arguments name none
     * @param rationale of every entry
     * @throws IllegalArgumentException if neither names a machine type, or the name cannot be one
     */
    public TableImport toImport(@Nullable String machineTypeIfNone, String rationale) {
        String name = machineType == null ? machineTypeIfNone : machineType;
        if (name == null) {
            throw new IllegalArgumentException(
                    "the arguments name no machine type: add -machine virt-10.1, or say which machine type is meant");
        }
        List<String> said = new ArrayList<>(remarks);
        if (name.equals("virt")) {
            if (machineTypeIfNone == null || machineTypeIfNone.equals("virt")) {
                throw new IllegalArgumentException(
                        "virt is an alias of the QEMU's newest machine type, and which one that is cannot be known here:"
                                + " say which machine type is meant");
            }
            said.add("virt is an alias of the QEMU's newest machine type: taken to be " + machineTypeIfNone);
            name = machineTypeIfNone;
        }
        List<EntryContent> entries = new ArrayList<>();
        for (CompatProperty property : CompatProperty.values()) {
            PropertyValue value = values.get(property);
            if (value != null) {
                entries.addAll(entries(name, property, value, rationale, said));
            }
        }
        ProposedTable table = new ProposedTable(
                ProposedTable.Covers.MACHINE_TYPES, List.of(new MachineType(name, "aarch64", null, "")), entries);
        return new TableImport(table, Set.of(name), Set.of(name), said);
    }

    /** The value's registers as entries for every host; those that never stand in a list are remarked upon instead. */
    public static List<EntryContent> entries(
            String machineType, CompatProperty property, PropertyValue value, String rationale, List<String> remarks) {
        List<EntryContent> entries = new ArrayList<>();
        List<RegisterId> without = new ArrayList<>();
        for (RegisterId register : value.registers()) {
            if (register.isMigratable()) {
                entries.add(new EntryContent(machineType, property, register, KernelRange.any(), null, rationale));
            } else {
                without.add(register);
            }
        }
        if (!without.isEmpty()) {
            remarks.add(property + " of " + machineType + " has "
                    + (without.size() == 1 ? "" : without.size() + " ids, the first of them ") + without.getFirst()
                    + ", that cannot stand in a register list (a decimal number where a hexadecimal one was meant?):"
                    + " QEMU does nothing with it, so it makes no entry");
        }
        return entries;
    }

    private static final class Reading {
        private final List<String> arguments;
        private @Nullable String machineType;
        private @Nullable String accelerator;
        private @Nullable String cpuModel;
        private List<String> cpuOptions = List.of();
        private final Map<CompatProperty, PropertyValue> values = new EnumMap<>(CompatProperty.class);
        private final Map<CompatProperty, String> setBy = new EnumMap<>(CompatProperty.class);
        private int at;

        Reading(List<String> arguments) {
            this.arguments = arguments;
        }

        QemuArguments read() {
            String emulator = null;
            if (!arguments.isEmpty() && !arguments.getFirst().startsWith("-")) {
                emulator = arguments.getFirst();
                at = 1;
            }
            while (at < arguments.size()) {
                String option = arguments.get(at);
                String name = option.startsWith("--") ? option.substring(1) : option;
                at++;
                switch (name) {
                    case "-global" -> {
                        String value = value(name);
                        global(value);
                        refuseWhatABlankCutOff(value);
                    }
                    case "-cpu" -> cpu(value(name));
                    case "-machine", "-M" -> machine(value(name));
                    case "-accel" -> accelerator(value(name));
                    case "-enable-kvm" -> accelerator = accelerator == null ? "kvm" : accelerator;
                    default -> {}
                }
            }
            return new QemuArguments(emulator, machineType, accelerator, cpuModel, cpuOptions, values, List.of());
        }

        /** A number behind the value of a property would be a disk image to QEMU, and was hardly meant as one. */
        private void refuseWhatABlankCutOff(String value) {
            if (value.contains("x-mig-")
                    && at < arguments.size()
                    && arguments.get(at).matches("[0-9].*")) {
                throw new RefusedArgumentException(
                        at,
                        0,
                        "a blank ends the value before '" + Text.shortened(arguments.get(at))
                                + "': put the value in quotes, or leave the blank out");
            }
        }

        private String value(String option) {
            if (at == arguments.size()) {
                throw new RefusedArgumentException(at - 1, 0, option + " is the last argument: its value is missing");
            }
            return arguments.get(at++);
        }

        private RefusedArgumentException refused(int position, String message) {
            return new RefusedArgumentException(at - 1, position, message);
        }

        private void accelerator(String value) {
            if (accelerator == null) {
                accelerator = options(value, "accel").stream()
                        .filter(option -> option.key().equals("accel"))
                        .map(Option::value)
                        .findFirst()
                        .orElse(null);
            }
        }

        private void machine(String value) {
            for (Option option : options(value, "type")) {
                switch (option.key()) {
                    case "type" -> machineType = option.value();
                    case "accel" -> {
                        // Several accelerators to try stand between colons.
                        String first = option.value().split(":", 2)[0];
                        accelerator = accelerator == null ? first : accelerator;
                    }
                    default -> {}
                }
            }
        }

        private void cpu(String value) {
            if (cpuModel != null) {
                throw refused(0, "-cpu stands here twice: leave one out");
            }
            List<String> others = new ArrayList<>();
            CompatProperty last = null;
            int position = 0;
            for (String part : value.split(",", -1)) {
                // QEMU splits with strtok(), which passes over empty parts.
                if (cpuModel == null) {
                    cpuModel = part;
                } else if (!part.isEmpty()) {
                    int equals = part.indexOf('=');
                    CompatProperty property = equals < 0 ? null : propertyOrNull(part.substring(0, equals));
                    if (property != null) {
                        int start = position + equals + 1;
                        set(property, part.substring(equals + 1), inValue -> start + inValue, "-cpu");
                    } else if (equals < 0 && last != null && !part.startsWith("+") && !part.startsWith("-")) {
                        throw refused(
                                position,
                                "-cpu ends " + last + " at the comma, so '" + Text.shortened(part)
                                        + "' is no part of it: -cpu takes one number or range, write -global " + DRIVER
                                        + "." + last + "=... for more");
                    } else {
                        others.add(part);
                    }
                    last = property;
                }
                position += part.length() + 1;
            }
            cpuOptions = others;
        }

        private void global(String value) {
            Matcher shortForm = SHORT_GLOBAL.matcher(value);
            if (shortForm.matches()) {
                int start = shortForm.start(3);
                global(shortForm.group(1), shortForm.group(2), shortForm.group(3), inValue -> start + inValue);
                return;
            }
            String driver = null;
            String property = null;
            Option setting = null;
            for (Option option : options(value, null)) {
                switch (option.key()) {
                    case "driver" -> driver = option.value();
                    case "property" -> property = option.value();
                    case "value" -> setting = option;
                    default -> {
                        if (value.contains("x-mig-")) {
                            throw refused(
                                    option.position(),
                                    "'" + Text.shortened(option.key())
                                            + "' is not known to -global's long form: write driver=, property= and"
                                            + " value=, with commas inside the value doubled");
                        }
                    }
                }
            }
            if (driver == null || property == null || setting == null) {
                if (value.contains("x-mig-")) {
                    throw refused(
                            0,
                            "'" + Text.shortened(value) + "' is not what -global takes: write " + DRIVER
                                    + ".x-mig-hidden-regs=0x..., or driver=" + DRIVER + ",property=...,value=...");
                }
                return;
            }
            global(driver, property, setting.value(), setting.places()::get);
        }

        private void global(String driver, String propertyName, String value, IntUnaryOperator place) {
            CompatProperty property = propertyOrNull(propertyName);
            if (property == null) {
                return;
            }
            if (!driver.equals(DRIVER)) {
                throw refused(
                        0,
                        property + " is set for driver '" + Text.shortened(driver)
                                + "', but entries hold for every CPU model:" + " write " + DRIVER);
            }
            set(property, value, place, "-global");
        }

        private void set(CompatProperty property, String value, IntUnaryOperator place, String option) {
            String earlier = setBy.putIfAbsent(property, option);
            if (earlier != null) {
                throw refused(
                        place.applyAsInt(0),
                        property + " is set twice, by " + earlier + " and by " + option
                                + ": QEMU does not start with that (array size property " + property
                                + " may not be set more than once); merge the two values");
            }
            try {
                values.put(property, PropertyValue.parse(value));
            } catch (PropertyValue.MalformedValueException malformed) {
                throw refused(place.applyAsInt(malformed.position()), malformed.problem());
            }
        }

        private static @Nullable CompatProperty propertyOrNull(String name) {
            for (CompatProperty property : CompatProperty.values()) {
                if (property.toString().equals(name)) {
                    return property;
                }
            }
            return null;
        }

        /** @param places where each character of the value stands in the argument, and where it ends */
        private record Option(String key, String value, List<Integer> places) {
            int position() {
                return places.getFirst();
            }
        }

        /** QEMU's option syntax: {@code key=value} between commas, a comma in a value doubled. */
        private static List<Option> options(String text, @Nullable String firstKey) {
            List<Option> options = new ArrayList<>();
            int start = 0;
            while (start < text.length()) {
                StringBuilder part = new StringBuilder();
                List<Integer> places = new ArrayList<>();
                int end = start;
                while (end < text.length()) {
                    char c = text.charAt(end);
                    if (c == ',') {
                        if (end + 1 == text.length() || text.charAt(end + 1) != ',') {
                            break;
                        }
                        end++;
                    }
                    part.append(c);
                    places.add(end);
                    end++;
                }
                places.add(end);
                int equals = part.indexOf("=");
                if (equals >= 0) {
                    options.add(new Option(
                            part.substring(0, equals),
                            part.substring(equals + 1),
                            places.subList(equals + 1, places.size())));
                } else if (firstKey != null && start == 0) {
                    options.add(new Option(firstKey, part.toString(), places));
                } else if (!part.isEmpty()) {
                    options.add(new Option(part.toString(), "", places));
                }
                start = end + 1;
            }
            return options;
        }
    }
}
