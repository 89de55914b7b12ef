package org.migreg.format.qemulog;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.migreg.evaluation.LoadBehaviour;
import org.migreg.evaluation.Tolerance;
import org.migreg.format.qemulog.LogEvent.LengthWording;
import org.migreg.format.qemulog.LogEvent.Naming;
import org.migreg.qemu.Accelerator;
import org.migreg.register.RegisterEncoding;
import org.migreg.register.RegisterId;

/** Which load behaviours print what was read: each clue rules some out. */
final class Clues {

    private enum Kind {
        TOLERANCES,
        X_MIG,
        ALL_MISMATCHES,
        LENGTH_CHECKED
    }

    private static final Set<Kind> NAMING = EnumSet.of(Kind.TOLERANCES, Kind.ALL_MISMATCHES);
    private static final Set<Kind> SINCE_10_2 = EnumSet.of(Kind.X_MIG, Kind.LENGTH_CHECKED);

    private @Nullable Accelerator accelerator;
    private @Nullable String postLoadError;
    private boolean valueWithPrefix;
    private boolean valueWithoutPrefix;

    /** What the form of a message tells besides what it says. */
    void take(LineReading.Said said) {
        String printed = said.printed();
        switch (said.event()) {
            case LogEvent.ValueRefused refused -> valueRefused(String.valueOf(printed));
            case LogEvent.LoadFailed failed -> postLoadError = printed == null ? postLoadError : failed.error();
            default -> {
                if (printed != null) {
                    accelerator = printed.startsWith("system register 0x") ? Accelerator.TCG : Accelerator.KVM;
                }
            }
        }
    }

    /** QEMU 11.0 began to write "system register" before op0. */
    private void valueRefused(String printed) {
        accelerator = Accelerator.KVM;
        valueWithPrefix |= printed.startsWith("system register");
        valueWithoutPrefix |= printed.startsWith("op0:");
    }

    @Nullable
    Accelerator accelerator() {
        return accelerator;
    }

    List<LoadBehaviour> behaviours(List<LogEvent> events, List<String> remarks) {
        Set<Kind> possible = EnumSet.allOf(Kind.class);
        for (LogEvent event : events) {
            possible.retainAll(allowedBy(event, events));
            if (event instanceof LogEvent.RegistersNotPut && accelerator == null) {
                accelerator = Accelerator.KVM;
            }
        }
        if (postLoadError != null && !NAMING.containsAll(possible)) {
            possible.retainAll(postLoadError.equals("Operation not permitted") ? SINCE_10_2 : NAMING);
        }
        if (valueWithPrefix) {
            possible.remove(Kind.LENGTH_CHECKED);
        } else if (valueWithoutPrefix) {
            possible.retainAll(SINCE_10_2);
        }
        if (possible.isEmpty()) {
            remarks.add("The lines cannot all be of one load, since no QEMU prints all of them: give the lines of one"
                    + " failed load on one host.");
            possible = EnumSet.allOf(Kind.class);
        }
        remark(events, remarks);
        return ordered(possible, events);
    }

    private Set<Kind> allowedBy(LogEvent event, List<LogEvent> events) {
        return switch (event) {
            case LogEvent.LengthFailure failure ->
                switch (failure.wording()) {
                    case FIELD -> EnumSet.of(Kind.LENGTH_CHECKED);
                    case ELEMENT, NUMBERS_ALONE -> SINCE_10_2;
                };
            case LogEvent.ExtraRegister extra -> extra(extra, events);
            case LogEvent.AbsentRegister absent -> absent(absent);
            case LogEvent.DeviceNotLoaded device ->
                device.device().equals("cpu") && device.wholeLine()
                        ? wholeLineFailure(events)
                        : EnumSet.allOf(Kind.class);
            case LogEvent.PropertyNotFound missing ->
                EnumSet.of(Kind.LENGTH_CHECKED, Kind.ALL_MISMATCHES, Kind.TOLERANCES);
            case LogEvent.PropertySetTwice twice -> EnumSet.of(Kind.X_MIG);
            case LogEvent.PropertySyntax syntax -> EnumSet.of(Kind.X_MIG);
            case LogEvent.ListLengths lengths -> EnumSet.of(Kind.X_MIG);
            case LogEvent.ValueRefused refused -> EnumSet.allOf(Kind.class);
            case LogEvent.PostLoadFailed failed -> EnumSet.allOf(Kind.class);
            case LogEvent.LoadFailed failed -> EnumSet.allOf(Kind.class);
            case LogEvent.RegistersNotPut failed -> EnumSet.allOf(Kind.class);
            case LogEvent.UnknownSubsection unknown -> EnumSet.allOf(Kind.class);
            case LogEvent.Elsewhere elsewhere -> EnumSet.allOf(Kind.class);
            case LogEvent.OtherMonitor monitor -> EnumSet.allOf(Kind.class);
        };
    }

    /** QEMU up to 10.1 prints the failed device on a line of its own, and so do the series and 11.1's tolerances on top of it. */
    private static Set<Kind> wholeLineFailure(List<LogEvent> events) {
        boolean tolerancesNamed = events.stream()
                .anyMatch(event -> event instanceof LogEvent.ExtraRegister extra && extra.naming() == Naming.UPSTREAM
                        || event instanceof LogEvent.AbsentRegister absent && absent.naming() == Naming.UPSTREAM);
        if (tolerancesNamed) {
            return EnumSet.of(Kind.TOLERANCES);
        }
        boolean seriesNamed = events.stream()
                .anyMatch(event -> event instanceof LogEvent.ExtraRegister extra && extra.naming() != Naming.UPSTREAM
                        || event instanceof LogEvent.AbsentRegister absent && absent.naming() != Naming.UPSTREAM
                        || event instanceof LogEvent.ListLengths);
        return seriesNamed ? EnumSet.of(Kind.X_MIG) : EnumSet.of(Kind.LENGTH_CHECKED);
    }

    private Set<Kind> extra(LogEvent.ExtraRegister extra, List<LogEvent> events) {
        if (extra.naming() != Naming.UPSTREAM) {
            return EnumSet.of(Kind.X_MIG);
        }
        if (extra.tolerated()) {
            return EnumSet.of(Kind.TOLERANCES);
        }
        if (toleratedAnywhere(extra.register())) {
            return EnumSet.of(Kind.ALL_MISMATCHES);
        }
        // Values are written after the list check passed: 11.1 forgets a failure when the highest extra is tolerated.
        boolean wentOn = events.stream()
                .anyMatch(event -> event instanceof LogEvent.ValueRefused || event instanceof LogEvent.RegistersNotPut);
        return wentOn ? EnumSet.of(Kind.TOLERANCES) : NAMING;
    }

    private Set<Kind> absent(LogEvent.AbsentRegister absent) {
        if (absent.naming() != Naming.UPSTREAM) {
            return EnumSet.of(Kind.X_MIG);
        }
        return toleratedAnywhere(absent.register()) ? EnumSet.of(Kind.ALL_MISMATCHES) : NAMING;
    }

    /** Whether QEMU 11.1 would tolerate the register on either side, whatever its value, and so not print it. */
    private boolean toleratedAnywhere(RegisterId register) {
        return Tolerance.UPSTREAM.stream()
                .anyMatch(tolerance -> tolerance.condition() == null
                        && tolerance.register().equals(register)
                        && (tolerance.accelerator() == null || tolerance.accelerator() == accelerator)
                        && !(register.encoding() instanceof RegisterEncoding.Aarch32Coprocessor));
    }

    private static void remark(List<LogEvent> events, List<String> remarks) {
        for (LogEvent event : events) {
            if (event instanceof LogEvent.LengthFailure failure) {
                switch (failure.wording()) {
                    case FIELD ->
                        remarks.add(
                                "QEMU up to 10.1 says it so; builds that carry the x-mig series on top of one of them do"
                                        + " too, when the stream is longer than their list, their safe-missing registers and 10"
                                        + " together.");
                    case ELEMENT ->
                        remarks.add("Builds that carry the x-mig series on QEMU 10.2 or later say it so, and QEMU 10.2"
                                + " without it.");
                    case NUMBERS_ALONE -> {}
                }
                return;
            }
        }
    }

    private static List<LoadBehaviour> ordered(Set<Kind> possible, List<LogEvent> events) {
        List<Kind> order = new ArrayList<>(possible);
        boolean numbersAlone = events.stream()
                .anyMatch(event -> event instanceof LogEvent.LengthFailure failure
                        && failure.wording() == LengthWording.NUMBERS_ALONE);
        if (numbersAlone && order.remove(Kind.LENGTH_CHECKED)) {
            order.addFirst(Kind.LENGTH_CHECKED);
        }
        List<LoadBehaviour> behaviours = new ArrayList<>();
        for (Kind kind : order) {
            behaviours.add(
                    switch (kind) {
                        case TOLERANCES -> new LoadBehaviour.Tolerances(false);
                        case X_MIG -> new LoadBehaviour.XMigProperties();
                        case ALL_MISMATCHES -> new LoadBehaviour.AllMismatches();
                        case LENGTH_CHECKED -> new LoadBehaviour.LengthChecked();
                    });
        }
        return behaviours;
    }
}
