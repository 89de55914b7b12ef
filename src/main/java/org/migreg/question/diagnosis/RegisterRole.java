package org.migreg.question.diagnosis;

/** What a register had to do with a load. */
public enum RegisterRole {
    /** In the stream, unknown on the destination, and named as the cause of the failure. */
    FATAL,
    /** In the stream, unknown on the destination, and ignored by a tolerance or as safe-missing; its state is lost. */
    TOLERATED,
    /** Only on the destination: it keeps its reset value, which fails no load. */
    ABSENT,
    /** On both sides, but KVM refused the incoming value. */
    VALUE_REFUSED,
    /** On the destination's list, but KVM no longer knew it when QEMU wrote it. */
    UNKNOWN_TO_KVM,
    /** KVM refused it to a program other than QEMU: no load of QEMU failed, and no entry helps. */
    REFUSED_TO_ANOTHER_MONITOR
}
