package org.migreg.format.qemulog;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells the loads of one text apart: libvirt's lines about a start and an end part them, the message that ends a load,
 * and messages that no load prints together.
 */
final class Loads {

    private final List<Load> done = new ArrayList<>();
    private Load current = new Load();
    /** What comes after the end of the current load: another one, or the same lines again from another log. */
    private @Nullable Load after;

    void line(String line) {
        LineReading.Line reading = LineReading.of(line);
        if (Wording.STARTED.in(line).find()) {
            next();
            current.header(line);
        }
        for (LineReading.Said said : reading.said()) {
            say(said);
        }
        Load target = after == null ? current : after;
        target.context.line(line);
        target.notUnderstood += reading.notUnderstood();
        if (Wording.SHUT_DOWN.in(line).find()) {
            next();
        }
    }

    private void say(LineReading.Said said) {
        Load later = after;
        if (later == null) {
            boolean isAfter = current.hasEnded && !(said.event() instanceof LogEvent.LoadFailed);
            if (isAfter || current.contradicts(said.event())) {
                later = new Load();
                later.context.follows(current.context);
                after = later;
            }
        } else if (later.hasEnded && !(said.event() instanceof LogEvent.LoadFailed)
                || later.contradicts(said.event())) {
            settle();
            later = new Load();
            later.context.follows(current.context);
            after = later;
        }
        (later == null ? current : later).add(said);
    }

    /** Decides whether what came after the current load is another one. */
    private void settle() {
        Load later = after;
        after = null;
        if (later == null) {
            return;
        }
        if (later.isToldBy(current)) {
            current.join(later);
        } else if (current.isToldBy(later)) {
            later.join(current);
            current = later;
        } else {
            done.add(current);
            current = later;
        }
    }

    private void next() {
        settle();
        if (!current.isEmpty() || current.hasHeader()) {
            done.add(current);
        }
        current = new Load();
    }

    /** Those that say something of a failure, in their order; one at least. */
    List<LogReading> readings(int unfinished) {
        settle();
        done.add(current);
        List<Load> failed = done.stream().filter(load -> !load.isEmpty()).toList();
        if (failed.isEmpty()) {
            Load last =
                    done.reversed().stream().filter(Load::hasHeader).findFirst().orElse(done.getLast());
            return List.of(last.reading(unfinished, null));
        }
        Load last = failed.getLast();
        boolean startedSince =
                done.subList(done.indexOf(last) + 1, done.size()).stream().anyMatch(Load::hasHeader);
        return failed.stream()
                .map(load -> load.reading(
                        unfinished,
                        load == last && startedSince
                                ? "The guest was started again after this; of that start the log shows no failure."
                                : null))
                .toList();
    }
}
