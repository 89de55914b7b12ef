package org.migreg.question.diagnosis;

import org.jspecify.annotations.Nullable;
import org.migreg.hostkernel.KernelRelease;

/** What is recorded of the host that wrote a log. */
@FunctionalInterface
public interface RecordedHosts {

    /** No host is recorded. */
    RecordedHosts NONE = name -> null;

    /** The kernel that a host ran when it was recorded, by its name as a log has it; null where that is not known. */
    @Nullable
    KernelRelease kernelOf(String name);
}
