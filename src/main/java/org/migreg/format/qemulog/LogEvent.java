package org.migreg.format.qemulog;

import org.jspecify.annotations.Nullable;
import org.migreg.register.RegisterId;

/** One thing that a log says about a load. */
public sealed interface LogEvent {

    /** The stream brings more registers than the destination takes; no register is named. */
    record LengthFailure(
            @Nullable Integer incoming, @Nullable Integer bound, LengthWording wording) implements LogEvent {}

    /** How a length failure was put. */
    enum LengthWording {
        /** {@code Failed to load cpu:cpreg_vmstate_array_len}: QEMU up to 10.1. */
        FIELD,
        /** {@code Failed to load element of type int32 le for cpreg_vmstate_array_len}: QEMU 10.2, and the x-mig series. */
        ELEMENT,
        /** {@code Invalid value 275 expecting positive value <= 274} alone. */
        NUMBERS_ALONE
    }

    /** A register in the stream that the destination does not know. */
    record ExtraRegister(RegisterId register, boolean tolerated, Naming naming) implements LogEvent {}

    /** A register of the destination that the stream lacks, which never fails a load by itself. */
    record AbsentRegister(RegisterId register, Naming naming) implements LogEvent {}

    /** Where a register was named. */
    enum Naming {
        /** A message of QEMU 11.0 and later. */
        UPSTREAM,
        /** A message of the x-mig series under KVM: {@code kvm_arm_cpu_post_load Unexpected register in input stream}. */
        SERIES,
        /** A trace event of the x-mig series: {@code cpu_post_load_unexpected}. */
        SERIES_TRACE
    }

    /**
     * KVM refused a value when QEMU wrote it.
     *
     * @param incoming the value that QEMU wrote, or null where KVM did not know the register
     * @param current what the register has, where QEMU says so
     * @param error why, where it is not for the value: {@code unknown to KVM}, or an error's text
     */
    record ValueRefused(
            RegisterId register,
            @Nullable Long incoming,
            @Nullable Long current,
            @Nullable String error) implements LogEvent {

        /** Whether KVM does not know the register (ENOENT). */
        public boolean unknownToKvm() {
            return "unknown to KVM".equals(error);
        }
    }

    /**
     * A device's state could not be loaded.
     *
     * @param wholeLine whether nothing follows on the line, as QEMU up to 10.1 prints it
     */
    record DeviceNotLoaded(String device, boolean wholeLine) implements LogEvent {}

    /** The CPU's state arrived, and what QEMU does with it afterwards failed. */
    record PostLoadFailed(int result) implements LogEvent {}

    /** The load as a whole failed: {@code Invalid argument}, {@code Operation not permitted}. */
    record LoadFailed(String error) implements LogEvent {}

    /** KVM refused a register when the vCPU was started: {@code Failed to put registers after init}. */
    record RegistersNotPut(String error) implements LogEvent {}

    /** This QEMU does not carry the x-mig series. */
    record PropertyNotFound(String property) implements LogEvent {}

    /** An x-mig property was set twice, which QEMU refuses. */
    record PropertySetTwice(String property) implements LogEvent {}

    /** The value of an x-mig property is malformed. */
    record PropertySyntax(String message) implements LogEvent {}

    /** The lengths of both lists, from the trace event {@code cpu_post_load_len}. */
    record ListLengths(int local, int incoming) implements LogEvent {}

    /** The stream carries a part of a device that this QEMU does not know; not about the register list. */
    record UnknownSubsection(String subsection) implements LogEvent {}

    /**
     * Something failed that is no matter of register lists or of a register's value.
     *
     * @param subject what it is about: a section of the stream, a device, a block of memory, a feature
     */
    record Elsewhere(Matter matter, String subject) implements LogEvent {}

    /** What else may fail. */
    enum Matter {
        /** The stream does not go on where QEMU has read a section to its end. */
        SECTION_FOOTER,
        /** The stream has a device that this guest lacks. */
        UNKNOWN_SECTION,
        /** A block of memory that this guest lacks. */
        UNKNOWN_MEMORY,
        /** A device's state in a newer form. */
        SECTION_VERSION,
        /** A block of memory of another size. */
        MEMORY_SIZE,
        /** The guest was started with another machine type. */
        MACHINE_TYPE,
        /** The guest uses features of virtio that the destination does not offer. */
        VIRTIO_FEATURES,
        /** A part of a device's state. */
        DEVICE_FIELD,
        /** KVM refused an attribute of a device of its own, on Arm of the GIC. */
        DEVICE_ATTRIBUTE,
        /** libvirt compared CPU models, and started no QEMU. */
        LIBVIRT_CPU_CHECK,
        /** {@code -cpu} asks for what this QEMU or host does not have, and QEMU did not start. */
        CPU_OPTION,
        /** KVM did not set a vCPU up, or did not let a further one start. */
        VCPU_NOT_STARTED,
        /** What must come next in the stream did not. */
        OUT_OF_STEP,
        /** Source and destination were set up differently for the migration itself. */
        SETTING,
        /** The source refused to send the guest. */
        NOT_MIGRATABLE
    }

    /**
     * Another program than QEMU says that KVM refused a register.
     *
     * @param monitor the program, or null where the line does not tell
     * @param register which one, where it says so
     */
    record OtherMonitor(@Nullable String monitor, @Nullable RegisterId register, String error) implements LogEvent {}
}
