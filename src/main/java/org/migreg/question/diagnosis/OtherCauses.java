package org.migreg.question.diagnosis;

import java.util.List;
import java.util.regex.Pattern;
import org.migreg.format.qemulog.LogContext;
import org.migreg.format.qemulog.LogEvent;
import org.migreg.format.qemulog.LogEvent.Elsewhere;
import org.migreg.format.qemulog.LogReading;
import org.migreg.register.RegisterId;

/** Why a load fails that fails for no register: each cause is named as what it is. */
final class OtherCauses {

    static final String NO_FAILURE = "The log shows no failure of a register list or of a register's value.";

    private static final String NO_LIST = "No register list and no entry has to do with it.";
    private static final Pattern BROKEN_OFF = Pattern.compile("Input/output error|Connection |Broken pipe");
    private static final String BOTH_LINES = "both QEMUs' versions and command lines, side by side";

    /** KVM_DEV_ARM_VGIC_GRP_*. Source: Linux arch/arm64/include/uapi/asm/kvm.h. */
    private static final List<String> GIC_GROUPS = List.of(
            "where it stands in memory",
            "the distributor's registers",
            "the CPU interface's registers of a GICv2",
            "the number of interrupts",
            "control",
            "a redistributor's registers",
            "the CPU interface's registers",
            "levels of interrupts",
            "the ITS's registers");

    private final LogReading log;
    private final Findings findings;

    OtherCauses(LogReading log, Findings findings) {
        this.log = log;
        this.findings = findings;
    }

    /** Whether anything is named that explains the failure without a register. */
    boolean explain() {
        for (Elsewhere elsewhere : log.events(Elsewhere.class)) {
            explain(elsewhere);
        }
        List<LogEvent.UnknownSubsection> unknown = log.events(LogEvent.UnknownSubsection.class);
        for (LogEvent.UnknownSubsection subsection : unknown) {
            findings.proves("The stream carries the subsection '" + subsection.subsection()
                    + "', which the destination's QEMU does not know; that alone explains the failure"
                    + (endedWith("No such file or directory") ? " ('No such file or directory')." : "."));
        }
        boolean isOfTheCpu = unknown.isEmpty()
                || unknown.stream()
                        .anyMatch(subsection -> subsection.subsection().matches("cpu(?:/.*)?"));
        boolean isSubsection = !unknown.isEmpty() || endedWith("No such file or directory") && of("cpu");
        if (unknown.isEmpty() && isSubsection) {
            findings.proves("QEMU ended with 'No such file or directory', which it says of a part of the CPU's state (a"
                    + " subsection) that it does not know.");
        }
        if (isSubsection) {
            findings.suggests(
                    "The source's QEMU is newer than the destination's, or the guest has "
                            + (isOfTheCpu ? "a feature of the CPU" : "an option of that device")
                            + " that the destination's QEMU does not know.",
                    BOTH_LINES);
            findings.next("Load the guest with a QEMU as new as the source's, or start it without that "
                    + (isOfTheCpu ? "feature of the CPU." : "option of the device."));
            findings.proves(NO_LIST);
        }
        boolean isDevice = devices();
        return isSubsection || isDevice || !log.events(Elsewhere.class).isEmpty();
    }

    /** What is wrong with the series' properties. */
    void properties() {
        for (LogEvent.PropertyNotFound missing : log.events(LogEvent.PropertyNotFound.class)) {
            findings.proves(
                    "This QEMU has no property " + missing.property() + ": it does not carry the x-mig series.");
            findings.next("Use entries as tolerances compiled into QEMU, or a build that carries the series.");
        }
        for (LogEvent.PropertySetTwice twice : log.events(LogEvent.PropertySetTwice.class)) {
            findings.proves("QEMU did not start, because " + twice.property() + " was set twice.");
            findings.next(
                    "Merge the arrays of the machine type and of all it inherits from into one value, and do not add to"
                            + " it by -global or -cpu. The rendered table of the machine type is merged already.");
        }
        for (LogEvent.PropertySyntax syntax : log.events(LogEvent.PropertySyntax.class)) {
            findings.proves("QEMU did not take the value of an x-mig property (" + syntax.message() + ").");
            findings.next(
                    "Write IDs with 0x, separated by single commas (by ,, in the long form of -global), without a blank"
                            + " at the end.");
        }
    }

    private boolean devices() {
        boolean found = false;
        for (LogEvent.DeviceNotLoaded device : log.events(LogEvent.DeviceNotLoaded.class)) {
            if (!device.device().equals("cpu")) {
                found = true;
                findings.proves("The state of device '" + device.device()
                        + "' could not be loaded, which has nothing to do with register lists.");
                findings.suggests(
                        "The device has other options, or another form of its state, on the destination.", BOTH_LINES);
                findings.next("Compare the machine type and the options of '" + device.device() + "' on both sides.");
            }
        }
        return found;
    }

    private boolean of(String device) {
        return log.events(LogEvent.DeviceNotLoaded.class).stream()
                .anyMatch(failed -> failed.device().equals(device));
    }

    private boolean endedWith(String error) {
        return log.events(LogEvent.LoadFailed.class).stream()
                .anyMatch(failed -> failed.error().startsWith(error));
    }

    private void explain(Elsewhere elsewhere) {
        String subject = elsewhere.subject();
        switch (elsewhere.matter()) {
            case SECTION_FOOTER ->
                said(
                        "QEMU read the section " + subject
                                + " of the stream and did not find its end: the load stopped there.",
                        "The source writes the state of " + subject + " in a longer or shorter form.",
                        "Compare machine type, QEMU version and the options of this device on both sides.");
            case UNKNOWN_SECTION ->
                said(
                        "The stream has the device " + subject + ", which the destination's guest does not have.",
                        "The guest was started with other devices on the destination, or one was plugged in meanwhile.",
                        "Start the destination with the very devices and addresses that the source has.");
            case UNKNOWN_MEMORY ->
                said(
                        "The stream has the memory block " + subject + ", which the destination's guest does not have.",
                        "The guest was started with other devices or memory on the destination.",
                        "Start the destination with the very devices and memory that the source has.");
            case SECTION_VERSION ->
                said(
                        "The stream has the state of '" + subject
                                + "' in a version that the destination's QEMU does not know.",
                        "The source's QEMU is newer than the destination's.",
                        "Load the guest with a QEMU as new as the source's.");
            case MEMORY_SIZE ->
                said(
                        "The memory block " + subject + " has another size on the destination.",
                        "Memory, firmware or an option ROM differ.",
                        "Give the destination memory and firmware files of the source's sizes.");
            case MACHINE_TYPE ->
                said(
                        "The machine types differ: the stream's is " + subject + ".",
                        "The guest was started as 'virt', which is another version in another QEMU.",
                        "Start the destination with the versioned machine type of the source.");
            case VIRTIO_FEATURES ->
                said(
                        "A virtio device uses features that the destination does not offer (" + subject + ").",
                        "The options of the device, the machine type or its backend differ.",
                        "Give the device the same options and backend on both sides.");
            case DEVICE_FIELD ->
                said(
                        "The part " + subject + " of a device's state was refused.",
                        "The device has other options, or another form of its state, on the destination.",
                        "Compare the machine type and the options of this device on both sides.");
            case DEVICE_ATTRIBUTE -> attribute(subject);
            case LIBVIRT_CPU_CHECK ->
                said(
                        "libvirt refused by its own comparison of CPU models (\"" + subject
                                + "\"): no guest's state was sent or loaded.",
                        "The domain's <cpu> asks for what the destination host does not have.",
                        "virsh domcapabilities on both hosts, held against the domain's <cpu>",
                        "Compare the domain's <cpu> with virsh domcapabilities on the destination.");
            case CPU_OPTION ->
                said(
                        "QEMU did not start, for what -cpu asks for (\"" + subject
                                + "\"): no guest's state was loaded.",
                        "This QEMU is too old for the option, or this host's processor or kernel does not have the feature.",
                        "qemu-system-aarch64 -version, and query-cpu-model-expansion of -cpu host there",
                        "Leave the option out on both hosts, or take a QEMU and a host that have it.");
            case VCPU_NOT_STARTED -> {
                findings.proves("KVM did not set a vCPU up (\"" + subject + "\"): no guest's state was loaded.");
                findings.suggests(
                        "This host has two kinds of core, and the threads of QEMU ran on both; or -cpu asks for what the"
                                + " host does not have.",
                        "lscpu lists both kinds of core on one host; with the threads bound to one kind it starts");
                findings.next(ValueAdvice.pinned());
            }
            case OUT_OF_STEP ->
                said(
                        "QEMU did not find in the stream what must come next (\"" + subject + "\").",
                        "What was read before it has another length on the source: another machine type, QEMU or device; or"
                                + " the stream is damaged.",
                        "Compare machine type, QEMU version and devices of both sides.");
            case SETTING ->
                said(
                        "Source and destination are set up differently for the migration itself (\"" + subject + "\").",
                        "A capability, or the memory's backend, was set on one side only.",
                        "Give both sides the same capabilities and the same memory backend.");
            case NOT_MIGRATABLE ->
                said(
                        "The source refuses to migrate the guest (\"" + subject + "\"): nothing was sent.",
                        "The guest has a device or a feature that cannot be migrated.",
                        "the source's command line",
                        "Take the device or feature that is named away from the guest, and migrate it then.");
        }
    }

    private void said(String proved, String suggested, String next) {
        findings.proves(proved);
        said(proved, suggested, BOTH_LINES, next);
    }

    private void said(String proved, String suggested, String proof, String next) {
        findings.proves(proved);
        findings.proves(NO_LIST);
        findings.suggests(suggested, proof);
        findings.next(next);
    }

    private void attribute(String subject) {
        int blank = subject.indexOf(' ');
        int group = Integer.parseInt(subject.substring(0, blank));
        String of = group < GIC_GROUPS.size() ? ", " + GIC_GROUPS.get(group) : "";
        String attribute = subject.substring(blank + 1, subject.indexOf(':'));
        if (group == 6) {
            long index = Long.parseUnsignedLong(attribute.substring(2), 16) & 0xffff;
            of += ": " + new RegisterId(0x6030000000130000L | index).name();
        }
        findings.proves(
                "KVM refused attribute " + attribute + " of group " + group + " of a device of its own, on Arm the"
                        + " interrupt controller (GIC" + of + "): " + subject.substring(subject.indexOf(':') + 2)
                        + ".");
        findings.proves("It travels outside of the register list.");
        findings.proves(NO_LIST);
        findings.suggests(
                "The hosts' interrupt controllers or kernels differ in what they offer a guest: the kind of GIC, the number"
                        + " of priority or interrupt bits, the ITS.",
                "the lines about GIC in both hosts' dmesg, and gic-version of both command lines");
        findings.next(
                "Move the guest between hosts with like interrupt controllers and kernels, with the same gic-version and"
                        + " its.");
    }

    /** What is said of a log of another architecture. */
    static void ofAnotherArchitecture(LogContext context, Findings findings) {
        String program = context.program() == null ? "a guest of " + context.architecture() : context.program();
        findings.proves("The log is of " + program + " (" + context.architecture()
                + "), not of an Arm guest: KVM's Arm registers" + " have no part in it.");
        findings.next(
                "Look for the cause among that architecture's devices and QEMU versions: this registry knows Arm guests"
                        + " alone.");
    }

    /** What is said of a refusal that another monitor than QEMU tells. */
    static void ofAnotherMonitor(LogEvent.OtherMonitor refusal, LogContext context, Findings findings) {
        RegisterId register = refusal.register();
        String monitor = nameOf(refusal, context);
        findings.proves(monitor + ", not QEMU, says that KVM refused "
                + (register == null ? "a register that it does not name" : named(register)) + " (" + refusal.error()
                + ").");
        findings.proves("QEMU's load behaviours and the entries of machine types have no part in it.");
        findings.suggests(
                monitor.equals("gem5")
                        ? "gem5 writes a register that this host's kernel lets nobody write, or not with this value."
                        : "The state was saved on a host whose processor or kernel differs from this one's.",
                monitor.equals("gem5")
                        ? "the kernel's sys_regs.c for this register, and gem5's version: newer ones leave such registers out"
                        : "the processor (MIDR_EL1) and kernel of both hosts");
        findings.next(
                switch (monitor) {
                    case "gem5" -> "Take a gem5 made for this host's kernel.";
                    case "Firecracker" ->
                        "Restore the snapshot on a host of the same processor and kernel, or save it with a CPU template that"
                                + " both have.";
                    default -> "Restore on a host of the same processor and kernel.";
                });
    }

    private static String nameOf(LogEvent.OtherMonitor refusal, LogContext context) {
        String named = refusal.monitor();
        String program = context.program();
        if (named != null) {
            return named;
        }
        if (program == null || program.startsWith("qemu")) {
            return "A program";
        }
        return switch (program) {
            case "firecracker" -> "Firecracker";
            case "cloud-hypervisor" -> "Cloud Hypervisor";
            default -> program;
        };
    }

    static String named(RegisterId register) {
        return register + " (" + register.name() + ")";
    }

    /** What is said of a load of which nothing but the error of the whole is known. */
    static void ofTheErrorAlone(LogReading log, Findings findings) {
        String program = log.context().program();
        if (program != null && !program.startsWith("qemu")) {
            findings.proves("The log is of " + program + ", not of QEMU, and names no register that KVM refused.");
            findings.next(
                    "Look for the cause in " + program + "'s own documentation: entries of machine types are QEMU's.");
            return;
        }
        findings.proves(NO_FAILURE);
        for (LogEvent.LoadFailed failed : log.events(LogEvent.LoadFailed.class)) {
            findings.proves("The load failed (" + failed.error() + "), but no line says at which device.");
            if (BROKEN_OFF.matcher(failed.error()).lookingAt()) {
                findings.suggests(
                        "The stream ended too soon: the connection or the source broke off.",
                        "the source's log of the same minute");
            }
        }
        findings.next(
                "Give what the destination's QEMU printed: libvirt keeps it there in /var/log/libvirt/qemu/GUEST.log.");
    }
}
