package org.migreg.evaluation;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.migreg.qemu.QemuVersion;

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

    /** The newest QEMU of the recorded loads and migrations. */
    private static final QemuVersion NEWEST_SEEN = QemuVersion.parse("11.1.3");

    /** Of a guest of which nobody says what CPU it was given. */
    public static Assumption guestCpuHost() {
        return new Assumption(Code.GUEST_CPU_HOST, FindingText.cpuAssumed());
    }

    /** Of a QEMU that is later than any that was seen; nothing of others. */
    public static Optional<Assumption> laterQemu(@Nullable QemuVersion qemu) {
        return qemu == null || qemu.compareTo(NEWEST_SEEN) <= 0
                ? Optional.empty()
                : Optional.of(new Assumption(Code.LATER_QEMU_AS_NEWEST, FindingText.laterQemu(qemu, NEWEST_SEEN)));
    }
}
