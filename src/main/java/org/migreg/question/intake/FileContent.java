package org.migreg.question.intake;

import java.util.List;
import org.migreg.capture.CaptureReading;
import org.migreg.format.qemulog.LogReading;

/** What a file holds. */
public sealed interface FileContent {

    /** Register lists of hosts or guests, at least one. */
    record Captures(List<CaptureReading> readings) implements FileContent {
        public Captures {
            readings = List.copyOf(readings);
        }
    }

    /** What QEMU or libvirt printed of a migration. It names registers, but is no host's list. */
    record Log(LogReading log) implements FileContent {}
}
