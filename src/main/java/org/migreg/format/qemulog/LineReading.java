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
                    + "|(?:CPU mode '[a-z-]{1,30}'|'[a-z-]{1,30}' CPU mode) for [a-z0-9_]{1,20} (?:\\S{1,20} domain|guest)"
                    + "|the CPU cannot be compared|[Uu]nknown CPU (?:model|feature) \\S{1,60}|CPU features? [^\\n]{1,80} (?:is|are) not supported");

    /** QEMU's words when -cpu asks for what the QEMU or the host does not have. Source: QEMU target/arm/cpu64.c, qom/object.c. */
    private static final Pattern CPU_OPTION =
            Pattern.compile("(?:can't apply global )?(?:Property '[A-Za-z0-9._-]{0,60}-cpu\\."
                    + "(?!x-mig-)[A-Za-z0-9_-]{1,60}' not found|[A-Za-z0-9._-]{1,60}-cpu\\.(?!x-mig-)[A-Za-z0-9_-]{1,60}=\\S{1,40}: Property)"
                    + "|unable to find CPU model '[^']{1,60}'|'[a-z0-9-]{1,30}' feature not supported by KVM on this host"
                    + "|cannot (?:en|dis)able sve[0-9]{2,4}|CPU type \\S{1,60} not supported");

    /** Why a source refuses to migrate at all. Source: QEMU migration/migration.c, hw/vfio/migration.c. */
    private static final Pattern NOT_MIGRATABLE =
            Pattern.compile("(?:[Ll]ive m|[Mm])igration (?:is )?disabled\\b[^\\n]{0,160}"
                    + "|[Ss]tate blocked by non-migratable device '[^']{1,100}'|[^:\\n]{0,80}(?:does not|doesn't) support migration"
                    + "|VFIO migration is not supported in kernel");

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
            // A driver of a camera says the same of its own registers.
            if (register != null && (register.bits() >>> 60 == 6 || register.bits() >>> 60 == 4)) {
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
        subject(Wording.FOOTER_ID, Matter.SECTION_FOOTER);
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
        for (Wording wording : List.of(Wording.DEVICE_ATTRIBUTE, Wording.DEVICE_ATTRIBUTE_READ)) {
            Matcher attribute = wording.in(line);
            if (attribute.find()) {
                add(new Elsewhere(
                        Matter.DEVICE_ATTRIBUTE,
                        attribute.group(1) + " 0x" + attribute.group(2) + ": "
                                + attribute.group(3).strip()));
            }
        }
        Matcher libvirt = LIBVIRT_CPU.matcher(line);
        if (line.contains("CPU") && libvirt.find()) {
            add(new Elsewhere(Matter.LIBVIRT_CPU_CHECK, libvirt.group()));
        }
        if (line.contains("cpu") || line.contains("CPU") || line.contains("sve") || line.contains("feature")) {
            first(CPU_OPTION, Matter.CPU_OPTION);
        }
        if (line.contains("igrat")) {
            first(NOT_MIGRATABLE, Matter.NOT_MIGRATABLE);
        }
        for (Wording wording : List.of(Wording.VCPU_INIT, Wording.VCPU_BOOT)) {
            quote(wording, Matter.VCPU_NOT_STARTED);
        }
        for (Wording wording : List.of(
                Wording.SECTION_TYPE,
                Wording.FLAGS,
                Wording.CONFIGURATION,
                Wording.NO_STREAM,
                Wording.STREAM_VERSION)) {
            quote(wording, Matter.OUT_OF_STEP);
        }
        for (Wording wording : List.of(Wording.CAPABILITY, Wording.PAGE_SIZE, Wording.PAGE_SIZE_TOLD)) {
            quote(wording, Matter.SETTING);
        }
        LogEvent.OtherMonitor monitor = OtherMonitors.in(line);
        if (monitor != null) {
            add(monitor);
        }
    }

    private void first(Pattern pattern, Matter matter) {
        Matcher matcher = pattern.matcher(line);
        if (matcher.find()) {
            add(new Elsewhere(matter, matcher.group().strip()));
        }
    }

    private void quote(Wording wording, Matter matter) {
        Matcher matcher = wording.in(line);
        if (matcher.find()) {
            add(new Elsewhere(matter, matcher.group()));
        }
    }

    private void subject(Wording wording, Matter matter) {
        Matcher matcher = wording.in(line);
        if (matcher.find()) {
            add(new Elsewhere(matter, matcher.group(1)));
        }
    }
}
