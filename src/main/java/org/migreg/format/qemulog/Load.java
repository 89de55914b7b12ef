package org.migreg.format.qemulog;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.migreg.evaluation.LoadBehaviour;
import org.migreg.format.qemulog.LogEvent.LengthFailure;
import org.migreg.format.qemulog.LogEvent.LengthWording;
import org.migreg.qemu.QemuVersion;

/** What the lines of one load say, while they are read. */
final class Load {

    private static final Pattern VERSION = Pattern.compile("[0-9]{1,3}\\.[0-9]{1,3}.*");

    /** More different ones than the largest register list gives; what comes after them is left out. */
    private static final int MOST_EVENTS = 10_000;

    final ContextReader context = new ContextReader();
    private final Set<LineReading.Said> said = new LinkedHashSet<>();
    private final Set<LogEvent> events = new LinkedHashSet<>();
    private boolean isCut;
    private boolean hasHeader;
    int notUnderstood;
    /** A line was read after which nothing of the same load comes. */
    boolean hasEnded;

    void header(String line) {
        hasHeader = true;
        context.header(line);
    }

    void add(LineReading.Said one) {
        if (events.size() >= MOST_EVENTS) {
            isCut |= !events.contains(one.event());
            return;
        }
        events.add(one.event());
        said.add(one);
        hasEnded |= isEnd(one.event());
        switch (one.event()) {
            case LogEvent.LoadFailed failed -> context.loading();
            case LogEvent.DeviceNotLoaded failed -> context.loading();
            case LogEvent.PostLoadFailed failed -> context.loading();
            case LogEvent.ExtraRegister extra -> {
                context.loading();
                context.onArm();
            }
            case LogEvent.ValueRefused refused -> context.onArm();
            case LogEvent.LengthFailure failure -> {
                context.loading();
                if (failure.wording() != LengthWording.NUMBERS_ALONE) {
                    context.onArm();
                }
            }
            case LogEvent.OtherMonitor monitor -> {
                if (monitor.monitor() != null) {
                    context.otherProgram(monitor.monitor());
                }
            }
            default -> {}
        }
    }

    /** The whole load failed, or the guest could not be run: QEMU says nothing more. */
    private static boolean isEnd(LogEvent event) {
        return event instanceof LogEvent.LoadFailed || event instanceof LogEvent.RegistersNotPut;
    }

    boolean isEmpty() {
        return events.isEmpty();
    }

    boolean hasHeader() {
        return hasHeader;
    }

    /** Whether the other ends with all that it says: the same lines in two logs, or an error that repeats the last ones. */
    boolean isToldBy(Load other) {
        List<LogEvent> here = List.copyOf(events);
        List<LogEvent> there = List.copyOf(other.events);
        boolean isEndOfIt = here.size() <= there.size()
                && there.subList(there.size() - here.size(), there.size()).equals(here);
        return !hasHeader && (isEndOfIt || here.stream().allMatch(Load::isEnd));
    }

    /** Takes over what another says of the same load. */
    void join(Load other) {
        other.said.forEach(this::add);
    }

    /** Whether one load cannot print this besides what it has printed. */
    boolean contradicts(LogEvent event) {
        if (event instanceof LengthFailure failure) {
            return events.stream()
                    .anyMatch(earlier -> earlier instanceof LengthFailure numbers
                                    && numbers.incoming() != null
                                    && failure.incoming() != null
                                    && !numbers.equals(failure)
                            || namesRegisters(earlier));
        }
        return namesRegisters(event) && events.stream().anyMatch(LengthFailure.class::isInstance);
    }

    /** QEMU names registers after the length was accepted. */
    private static boolean namesRegisters(LogEvent event) {
        return event instanceof LogEvent.ExtraRegister
                || event instanceof LogEvent.AbsentRegister
                || event instanceof LogEvent.ValueRefused;
    }

    LogReading reading(int unfinished, @Nullable String remark) {
        List<LogEvent> all = withoutRepeatedLengths();
        List<String> remarks = new ArrayList<>();
        if (notUnderstood > 0) {
            remarks.add(notUnderstood + (notUnderstood == 1 ? " register was" : " registers were")
                    + " printed in a form that is not known, and left out.");
        }
        if (unfinished > 0) {
            remarks.add(unfinished + (unfinished == 1 ? " message is" : " messages are")
                    + " cut off: give the log itself, not what a terminal shows of it (journalctl --no-pager).");
        }
        if (isCut) {
            remarks.add("The log says more than " + MOST_EVENTS + " different things; the rest was left out.");
        }
        if (remark != null) {
            remarks.add(remark);
        }
        Clues clues = new Clues();
        said.forEach(clues::take);
        List<LoadBehaviour> behaviours = ofItsVersion(clues.behaviours(all, remarks), context.context());
        return new LogReading(
                all, behaviours, clues.accelerator(), context.context(), unfinished + notUnderstood, remarks);
    }

    /** Where the log names the version: what an unpatched QEMU of it does, and builds that carry the properties. */
    private static List<LoadBehaviour> ofItsVersion(List<LoadBehaviour> printing, LogContext context) {
        String named = context.qemuPackage() == null ? context.qemuVersion() : context.qemuPackage();
        Matcher version = VERSION.matcher(named == null ? "" : named);
        if (!version.find()) {
            return printing;
        }
        LoadBehaviour unpatched;
        try {
            unpatched = LoadBehaviour.of(QemuVersion.parse(version.group()));
        } catch (IllegalArgumentException notKnown) {
            return printing;
        }
        List<LoadBehaviour> left = printing.stream()
                .filter(each -> each.equals(unpatched) || each instanceof LoadBehaviour.XMigProperties)
                .toList();
        return left.isEmpty() ? printing : left;
    }

    /** The numbers and the field are two messages of one failure; numbers before another field are of that. */
    private List<LogEvent> withoutRepeatedLengths() {
        List<LogEvent> all = new ArrayList<>();
        Set<LengthWording> wordings = EnumSet.noneOf(LengthWording.class);
        LengthFailure numbers = null;
        int at = -1;
        for (LogEvent event : events) {
            if (event instanceof LengthFailure failure) {
                wordings.add(failure.wording());
                if (at < 0) {
                    at = all.size();
                    all.add(failure);
                }
                numbers = numbers == null && failure.incoming() != null ? failure : numbers;
            } else {
                all.add(event);
            }
        }
        if (at >= 0) {
            LengthWording wording = wordings.contains(LengthWording.FIELD)
                    ? LengthWording.FIELD
                    : wordings.contains(LengthWording.ELEMENT) ? LengthWording.ELEMENT : LengthWording.NUMBERS_ALONE;
            boolean ofAnotherField = wording == LengthWording.NUMBERS_ALONE
                    && events.stream()
                            .anyMatch(event -> event instanceof LogEvent.Elsewhere elsewhere
                                            && elsewhere.matter() == LogEvent.Matter.DEVICE_FIELD
                                    || event instanceof LogEvent.DeviceNotLoaded device
                                            && !device.device().equals("cpu"));
            if (ofAnotherField) {
                all.remove(at);
            } else {
                all.set(
                        at,
                        new LengthFailure(
                                numbers == null ? null : numbers.incoming(),
                                numbers == null ? null : numbers.bound(),
                                wording));
            }
        }
        return all;
    }
}
