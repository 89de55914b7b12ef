package org.migreg.format.qemulog;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.migreg.format.qemulog.LogEvent.AbsentRegister;
import org.migreg.format.qemulog.LogEvent.Elsewhere;
import org.migreg.format.qemulog.LogEvent.ExtraRegister;
import org.migreg.format.qemulog.LogEvent.LengthFailure;
import org.migreg.format.qemulog.LogEvent.LengthWording;
import org.migreg.format.qemulog.LogEvent.Matter;
import org.migreg.format.qemulog.LogEvent.Naming;
import org.migreg.register.RegisterId;

/** What one line says of a load, in the line's order. */
final class LineReading {

    /**
     * @param printed the register as it was printed, or where a failed load is told together with what failed,
     *     {@value #POST_LOAD}; null where neither matters
     */
    record Said(LogEvent event, @Nullable String printed) {}

    static final String POST_LOAD = "post load";

    private static final Pattern WITHOUT_PREFIX =
            Pattern.compile("op0:[0-9] op1:[0-9] crn:[0-9]{1,2} crm:[0-9]{1,2} op2:[0-9]");
    private static final Pattern BARE_HEX = Pattern.compile("[0-9a-f]{16}");

    /** libvirt's and OpenStack's words when CPU models do not fit. Source: libvirt src/cpu, src/qemu; Nova's driver. */
    private static final Pattern LIBVIRT_CPU = Pattern.compile(
            "guest and host CPU are not compatible|[Hh]ost CPU does not provide required features|guest CPU doesn't match"
                    + " specification|[Uu]nacceptable CPU info|CPU doesn't have compatibility|incompatible with host CPU"
                    + "|host CPU (?:model|vendor) does not match required CPU"
                    + "|CPU mode '[a-z-]{1,30}' for [a-z0-9_]{1,20} \\S{1,20} domain");

    /**
     * Monitors other than QEMU, by what they print when KVM refuses a register. Source: gem5 src/cpu/kvm/base.cc,
     * Firecracker src/vmm/src/arch/aarch64/vcpu.rs, Cloud Hypervisor hypervisor/src/cpu.rs.
     */
    private static final Pattern OTHER_MONITOR =
            Pattern.compile("KVM: Failed to set register \\((0x[0-9a-f]{1,16})\\) value"
                    + " \\((errno: [0-9]{1,4})\\)"
                    + "|[Ff]ailed to set (?:(?:aarch64 )?system |vcpu |one )?reg(?:ister)?s?:? (0x[0-9a-fA-F]{1,16}|[0-9]{10,20}|[46]0[0-9a-f]{14})?"
                    + "[^\\n]{0,60}?((?:[A-Z][a-z]+ )?[a-z ]{0,30}\\(os error [0-9]{1,4}\\)|Error\\([0-9]{1,4}\\))"
                    + "|SetOneReg\\((0x[0-9a-fA-F]{1,16}|[0-9]{10,20}), ?(Error\\([0-9]{1,4}\\))");

    private final String line;
    private final List<Said> said = new ArrayList<>();
    private int notUnderstood;

    private LineReading(String line) {
        this.line = line;
    }

    /** What it says, in order, and how many registers it prints in a form that is not known. */
    record Line(List<Said> said, int notUnderstood) {}

    static Line of(String line) {
        LineReading reading = new LineReading(line);
        reading.lengths();
        reading.registers();
        reading.failures();
        reading.properties();
        reading.elsewhere();
        return new Line(reading.said, reading.notUnderstood);
    }

    private boolean has(Wording wording) {
        return wording.in(line).find();
    }

    private void add(LogEvent event) {
        said.add(new Said(event, null));
    }

    private void lengths() {
        Matcher numbers = Wording.LENGTH.in(line);
        if (numbers.find()) {
            long incoming = Long.parseLong(numbers.group(1));
            long bound = Long.parseLong(numbers.group(2));
            if (incoming <= Integer.MAX_VALUE && bound <= Integer.MAX_VALUE) {
                add(new LengthFailure((int) incoming, (int) bound, LengthWording.NUMBERS_ALONE));
            }
        }
        if (has(Wording.LENGTH_FIELD) || has(Wording.LENGTH_TRACE)) {
            add(new LengthFailure(null, null, LengthWording.FIELD));
        }
        if (has(Wording.LENGTH_ELEMENT)) {
            add(new LengthFailure(null, null, LengthWording.ELEMENT));
        }
    }

    private interface MadeOf {
        LogEvent event(RegisterId register);
    }

    private void registers() {
        printed(Wording.EXTRA_FATAL, register -> new ExtraRegister(register, false, Naming.UPSTREAM));
        printed(Wording.EXTRA_TOLERATED, register -> new ExtraRegister(register, true, Naming.UPSTREAM));
        printed(Wording.ABSENT, register -> new AbsentRegister(register, Naming.UPSTREAM));
        printed(Wording.ABSENT_TOLERATED, register -> new AbsentRegister(register, Naming.UPSTREAM));
        printed(Wording.SERIES_ABSENT_NAMED, register -> new AbsentRegister(register, Naming.SERIES));
        hex(Wording.SERIES_EXTRA, register -> new ExtraRegister(register, false, Naming.SERIES));
        hex(Wording.SERIES_ABSENT, register -> new AbsentRegister(register, Naming.SERIES));
        hex(Wording.TRACE_EXTRA, register -> new ExtraRegister(register, false, Naming.SERIES_TRACE));
        hex(Wording.TRACE_TOLERATED, register -> new ExtraRegister(register, true, Naming.SERIES_TRACE));
        hex(Wording.TRACE_ABSENT, register -> new AbsentRegister(register, Naming.SERIES_TRACE));
        Matcher refused = Wording.VALUE_REFUSED.in(line);
        while (refused.find()) {
            RegisterId register = register(refused.group(1));
            if (register != null) {
                said.add(new Said(
                        new LogEvent.ValueRefused(
                                register,
                                number(refused.group(2)),
                                number(refused.group(3)),
                                refused.group(4) == null
                                        ? null
                                        : refused.group(4).strip()),
                        refused.group(1)));
            }
        }
    }

    private void printed(Wording wording, MadeOf made) {
        Matcher matcher = wording.in(line);
        while (matcher.find()) {
            RegisterId register = register(matcher.group(1).strip());
            if (register != null) {
                said.add(new Said(made.event(register), matcher.group(1).strip()));
            }
        }
    }

    private void hex(Wording wording, MadeOf made) {
        Matcher matcher = wording.in(line);
        while (matcher.find()) {
            add(made.event(new RegisterId(Long.parseUnsignedLong(matcher.group(1), 16))));
        }
    }

    private static @Nullable Long number(@Nullable String digits) {
        return digits == null ? null : (Long) Long.parseUnsignedLong(digits, 16);
    }

    private @Nullable RegisterId register(String printed) {
        String form = printed;
        if (WITHOUT_PREFIX.matcher(form).matches()) {
            form = "system register " + form;
        } else if (BARE_HEX.matcher(form).matches()) {
            form = "0x" + form;
        }
        try {
            return RegisterId.parseLenient(form);
        } catch (IllegalArgumentException unknownForm) {
            notUnderstood++;
            return null;
        }
    }

    private void failures() {
        Matcher device = Wording.DEVICE.in(line);
        if (device.find()) {
            add(new LogEvent.DeviceNotLoaded(device.group(1), !device.group(2).startsWith(":")));
        }
        Matcher postLoad = Wording.POST_LOAD.in(line);
        boolean afterLoad = postLoad.find() && postLoad.group(1).equals("cpu");
        if (afterLoad) {
            add(new LogEvent.PostLoadFailed(Integer.parseInt(postLoad.group(2))));
        }
        for (Wording wording : List.of(Wording.LOAD_FAILED, Wording.JOB_FAILED)) {
            Matcher failed = wording.in(line);
            if (failed.find()) {
                said.add(new Said(new LogEvent.LoadFailed(failed.group(1).strip()), afterLoad ? POST_LOAD : null));
            }
        }
        Matcher notPut = Wording.NOT_PUT.in(line);
        if (notPut.find()) {
            add(new LogEvent.RegistersNotPut(notPut.group(2).strip()));
        }
        for (Wording wording : List.of(Wording.SUBSECTION, Wording.SUBSECTION_TRACE)) {
            Matcher subsection = wording.in(line);
            if (subsection.find()) {
                add(new LogEvent.UnknownSubsection(subsection.group(1)));
            }
        }
    }

    private void properties() {
        Matcher lengths = Wording.TRACE_LENGTHS.in(line);
        if (lengths.find()) {
            add(new LogEvent.ListLengths(Integer.parseInt(lengths.group(1)), Integer.parseInt(lengths.group(2))));
        }
        Matcher notFound = Wording.PROPERTY_NOT_FOUND.in(line);
        if (notFound.find()) {
            add(new LogEvent.PropertyNotFound(notFound.group(1)));
        }
        Matcher twice = Wording.PROPERTY_TWICE.in(line);
        if (twice.find()) {
            add(new LogEvent.PropertySetTwice(twice.group(1)));
        }
        Matcher syntax = Wording.PROPERTY_SYNTAX.in(line);
        if (syntax.find()) {
            add(new LogEvent.PropertySyntax(syntax.group()));
        }
    }

    private void elsewhere() {
        subject(Wording.SECTION_FOOTER, Matter.SECTION_FOOTER);
        subject(Wording.UNKNOWN_SECTION, Matter.UNKNOWN_SECTION);
        subject(Wording.UNKNOWN_MEMORY, Matter.UNKNOWN_MEMORY);
        subject(Wording.SECTION_VERSION, Matter.SECTION_VERSION);
        subject(Wording.MEMORY_SIZE, Matter.MEMORY_SIZE);
        subject(Wording.MEMORY_SIZE_TOLD, Matter.MEMORY_SIZE);
        Matcher machine = Wording.MACHINE_TYPE.in(line);
        if (machine.find()) {
            add(new Elsewhere(Matter.MACHINE_TYPE, machine.group(1) + ", here " + machine.group(2)));
        }
        Matcher features = Wording.VIRTIO_FEATURES.in(line);
        if (features.find()) {
            add(new Elsewhere(Matter.VIRTIO_FEATURES, features.group()));
        }
        Matcher field = Wording.DEVICE_FIELD.in(line);
        if (field.find() && !field.group(2).startsWith("cpreg_")) {
            add(new Elsewhere(Matter.DEVICE_FIELD, field.group(1) + ":" + field.group(2)));
        }
        Matcher attribute = Wording.DEVICE_ATTRIBUTE.in(line);
        if (attribute.find()) {
            add(new Elsewhere(
                    Matter.DEVICE_ATTRIBUTE,
                    attribute.group(1) + " 0x" + attribute.group(2) + ": "
                            + attribute.group(3).strip()));
        }
        Matcher libvirt = LIBVIRT_CPU.matcher(line);
        if (line.contains("CPU") && libvirt.find()) {
            add(new Elsewhere(Matter.LIBVIRT_CPU_CHECK, libvirt.group()));
        }
        otherMonitor();
    }

    private void subject(Wording wording, Matter matter) {
        Matcher matcher = wording.in(line);
        if (matcher.find()) {
            add(new Elsewhere(matter, matcher.group(1)));
        }
    }

    private void otherMonitor() {
        Matcher monitor = OTHER_MONITOR.matcher(line);
        boolean mayBe = line.contains("to set ") || line.contains("SetOneReg");
        if (mayBe && monitor.find()) {
            String id = firstOf(monitor.group(1), monitor.group(3), monitor.group(5));
            String error = firstOf(monitor.group(2), monitor.group(4), monitor.group(6));
            String name = monitor.group(1) != null ? "gem5" : monitorOf(line);
            add(new LogEvent.OtherMonitor(
                    name,
                    id == null ? null : identified(id),
                    String.valueOf(error).strip()));
        }
    }

    private static String monitorOf(String line) {
        if (line.contains("loud-hypervisor")
                || line.contains("loud Hypervisor")
                || line.contains("<vmm>")
                || line.contains("ystem reg")) {
            return "Cloud Hypervisor";
        }
        return line.contains("crosvm") ? "crosvm" : "Firecracker";
    }

    private static @Nullable RegisterId identified(String id) {
        try {
            RegisterId register = id.startsWith("0x") || id.length() == 16 && !id.matches("[0-9]{17,}")
                    ? new RegisterId(Long.parseUnsignedLong(id.startsWith("0x") ? id.substring(2) : id, 16))
                    : new RegisterId(Long.parseUnsignedLong(id));
            return register.bits() >>> 60 == 6 ? register : null;
        } catch (NumberFormatException tooLarge) {
            return null;
        }
    }

    private static @Nullable String firstOf(@Nullable String... texts) {
        for (String text : texts) {
            if (text != null) {
                return text;
            }
        }
        return null;
    }
}
