package org.migreg.evaluation;

/** What a finding is about. "Extra" and "absent" as on the semantics page: seen from the destination. */
public enum FindingKind {
    /** No register list of a side is known. */
    LIST_MISSING,
    /** Lists that differ could be meant, and the verdict is the same for each. */
    LIST_UNDECIDED,
    /** A list cannot be all that a KVM host lists: it is cut, or its collection failed. */
    LIST_NOT_WHOLE,
    /** A few registers were given: what fails among them fails, and that they pass says nothing of a host. */
    LIST_IS_EXCERPT,
    /** A host was not seen for long, or runs another kernel than the one its list is from. */
    STALE_HOST,
    /** Nobody recorded which QEMU a host runs. */
    QEMU_UNKNOWN,
    /** The list for these CPU options is not known. */
    CPU_OPTIONS_UNKNOWN,
    /** The guest has EL2 under KVM, and QEMU does not migrate such guests. */
    NESTED_VIRTUALIZATION,
    /** The hosts' kernels have pages of different size. */
    PAGE_SIZE_DIFFERS,
    /** The incoming list is longer than the destination accepts. */
    LENGTH_EXCEEDED,
    /** In the incoming stream, unknown on the destination, not tolerated. */
    EXTRA_FATAL,
    /** In the incoming stream, unknown on the destination, tolerated. */
    EXTRA_TOLERATED,
    /** In the incoming stream, unknown on the destination; this QEMU loads and drops its state unnoticed. */
    EXTRA_DROPPED,
    /** In the incoming stream, unknown on the destination; whether it is tolerated is unknown. */
    EXTRA_UNDECIDED,
    /** Known on the destination, not in the incoming stream: keeps its reset value. */
    ABSENT,
    /** Taken out of the source's list by x-mig-hidden-regs. */
    HIDDEN_ON_SOURCE,
    /** Taken out of the destination's list by x-mig-hidden-regs. */
    HIDDEN_ON_DESTINATION,
    /** A compat entry's kernel range cannot be decided for a host's kernel. */
    ENTRY_UNDECIDED,
    /** The value condition of an entry that lets the register be dropped or hidden is not met: its state matters. */
    CONDITION_NOT_MET,
    /** The value condition of an entry or a tolerance needs a value that was not given. */
    CONDITION_UNDECIDED,
    /** The destination refuses the incoming value. */
    VALUE_REFUSED,
    /** The destination accepts the incoming value, and keeps another. */
    VALUE_CHANGED,
    /** A value rule needs something that was not given. */
    VALUE_UNDECIDED,
    /** The values differ, and nothing measured says whether this destination takes that. */
    VALUE_WITHOUT_RULE,
    /** Registers whose values a rule would look at have none on one side. */
    VALUES_NOT_GIVEN
}
