package org.migreg.format.qemulog;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.evaluation.LoadBehaviour;
import org.migreg.qemu.Accelerator;

/**
 * What a log says of one load.
 *
 * @param events in their order, each once (every vCPU prints the same)
 * @param behaviours the load behaviours that print so, the likeliest first; never empty, all four
 *     where nothing tells
 * @param accelerator by the form in which registers are printed, or null where none is
 * @param context what it says of guest and host
 * @param incomplete how many messages begin and do not end, or name a register in a form that is not known: what they
 *     would say is missing
 * @param remarks what a person should know of the reading, a sentence each
 */
public record LogReading(
        List<LogEvent> events,
        List<LoadBehaviour> behaviours,
        @Nullable Accelerator accelerator,
        LogContext context,
        int incomplete,
        List<String> remarks) {

    public LogReading {
        events = List.copyOf(events);
        behaviours = List.copyOf(behaviours);
        remarks = List.copyOf(remarks);
        if (behaviours.isEmpty()) {
            throw new IllegalArgumentException("a log that tells nothing allows all four behaviours, never none");
        }
    }

    /** The events of one kind. */
    public <E extends LogEvent> List<E> events(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
