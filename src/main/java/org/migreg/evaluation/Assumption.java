package org.migreg.evaluation;

/**
 * Something that nobody said and that an evaluation took for granted.
 *
 * @param sentence what was assumed, and what would say it
 */
public record Assumption(Code code, String sentence) {

    /** What is assumed; stable, for programs. */
    public enum Code {
        /** The source's QEMU is the one that the tables are written for. */
        SOURCE_QEMU_OF_TABLES,
        /** The destination's QEMU is the one that the tables are written for. */
        DESTINATION_QEMU_OF_TABLES,
        /** The QEMU of a host is the one that the setting {@code migreg.assume-qemu} names. */
        QEMU_OF_SETTING,
        /** The guest has {@code -cpu host} without properties. */
        GUEST_CPU_HOST,
        /** A few registers were taken for all that matter. */
        LIST_IS_EXCERPT,
        /** A list was derived from that of a guest with other CPU options. */
        LIST_DERIVED,
        /** A QEMU that is later than any that was seen behaves as the newest of them. */
        LATER_QEMU_AS_NEWEST
    }
}
