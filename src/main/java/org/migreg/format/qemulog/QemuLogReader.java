package org.migreg.format.qemulog;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.UnreadableCaptureException;
import org.migreg.evaluation.LoadBehaviour;
import org.migreg.format.qemulog.LogEvent.AbsentRegister;
import org.migreg.format.qemulog.LogEvent.DeviceNotLoaded;
import org.migreg.format.qemulog.LogEvent.ExtraRegister;
import org.migreg.format.qemulog.LogEvent.GuestStarted;
import org.migreg.format.qemulog.LogEvent.LengthFailure;
import org.migreg.format.qemulog.LogEvent.LengthWording;
import org.migreg.format.qemulog.LogEvent.ListLengths;
import org.migreg.format.qemulog.LogEvent.LoadFailed;
import org.migreg.format.qemulog.LogEvent.Naming;
import org.migreg.format.qemulog.LogEvent.PostLoadFailed;
import org.migreg.format.qemulog.LogEvent.PropertyNotFound;
import org.migreg.format.qemulog.LogEvent.PropertySetTwice;
import org.migreg.format.qemulog.LogEvent.PropertySyntax;
import org.migreg.format.qemulog.LogEvent.RegistersNotPut;
import org.migreg.format.qemulog.LogEvent.UnknownSubsection;
import org.migreg.format.qemulog.LogEvent.ValueRefused;
import org.migreg.qemu.Accelerator;
import org.migreg.register.RegisterId;

/**
 * Reads QEMU's messages and trace events out of a log, whatever stands around them: timestamps, the
 * program's name, prefixes of libvirt or the journal, colours, line breaks written as {@code \n}.
 * Lines that say nothing about a load are passed over, so any text is read; it may say nothing.
 *
 * <p>Source of the wordings: QEMU 7.2 to 11.1 {@code target/arm/machine.c}, {@code target/arm/kvm.c},
 * {@code migration/vmstate.c}, {@code migration/vmstate-types.c}; the x-mig series' {@code
 * target/arm/trace-events}; and what real ones printed.
 */
public final class QemuLogReader {

    /** The name of the format. */
    public static final String FORMAT = "qemu-log";

    /** The longest text that is read, in bytes. */
    public static final int LARGEST = 8 << 20;

    private static final int LONGEST_LINE = 4000;
    /** More different ones than the largest register list gives; what comes after them is left out. */
    private static final int MOST_EVENTS = 10_000;

    private static final Pattern LINE_END =
            Pattern.compile("\\r\\n|[\\r\\n\\u0085\\u2028\\u2029]|(?:\\\\{1,4}r)?\\\\{1,4}n|#012");
    private static final Pattern ANSI = Pattern.compile("\\x1b\\[[0-9;?]{0,30}[A-Za-z]");

    /** As JSON and web pages write characters that QEMU's messages have. */
    private static final Pattern ESCAPED = Pattern.compile(
            "\\\\{1,4}u00(?:(3[cC])|(3[eE])|(27)|(22))|&(?:(lt)|(gt)|(apos|#0?39)|(quot|#0?34));|\\\\{1,4}([\"'])");

    /** A message that names a register and goes on in the next line, where mail or a terminal broke it. */
    private static final Pattern UNFINISHED = Pattern.compile(
            "(?:cpreg_[a-z_]{1,60}in_incoming_stream"
                    + "(?!.{0,300}destination)|Could not set register(?!.{0,200}(?: to [0-9a-f]{1,16} \\(is [0-9a-f]{1,16}\\)|: ))).{0,300}$");

    private static final Pattern OPENING = Pattern.compile(
            "cpreg_[a-z_]{1,60}in_incoming_stream|Could not set register|Failed to |error while |failed:");
    private static final Pattern QUOTED = Pattern.compile("^[\\s>|]{1,20}");
    private static final int MOST_BROKEN = 3;

    private static final Pattern LENGTH =
            Pattern.compile("Invalid value (-?[0-9]{1,10}) expecting positive value <= ([0-9]{1,10})");
    private static final Pattern LENGTH_FIELD = Pattern.compile(
            "Failed to load [a-z/]{1,20}:cpreg_vmstate_array_len|field \"cpreg_vmstate_array_len\" load failed");
    private static final Pattern LENGTH_ELEMENT =
            Pattern.compile("Failed to load element of type int32 le for cpreg_vmstate_array_len");
    private static final Pattern EXTRA_FATAL = Pattern.compile(
            "handle_cpreg_only_in_incoming_stream:? (.{1,100}?) in the incoming stream but unknown on the destination");
    private static final Pattern EXTRA_TOLERATED = Pattern.compile(
            "tolerate_cpreg_only_in_incoming_stream:? (.{1,100}?) is in incoming stream but not on destination");
    private static final Pattern ABSENT = Pattern.compile("handle_cpreg_missing_in_incoming_stream:? (.{1,100}?)"
            + " expected by the destination but not in the incoming stream");
    private static final Pattern ABSENT_TOLERATED = Pattern.compile(
            "tolerate_cpreg_(?:missing|only_on_destination)[a-z_]{0,40}:? (.{1,100}?) is (?:expected by|on) (?:the )?destination");
    private static final Pattern SERIES_EXTRA =
            Pattern.compile("Unexpected register in input stream: [0-9]{1,6} 0x([0-9a-fA-F]{1,16})\\b");
    private static final Pattern SERIES_ABSENT =
            Pattern.compile("Missing register in input stream: [0-9]{1,6} 0x([0-9a-fA-F]{1,16})\\b");
    private static final Pattern SERIES_ABSENT_TRACE =
            Pattern.compile("Missing register in input stream: (?![0-9])(.{1,100})");
    private static final Pattern TRACE_EXTRA =
            Pattern.compile("unexpected register in input stream: v=[0-9]{1,6} index=0x([0-9a-fA-F]{1,16})\\b");
    private static final Pattern TRACE_TOLERATED = Pattern.compile(
            "register missing as expected in input stream: v=[0-9]{1,6} index=0x([0-9a-fA-F]{1,16})\\b");
    private static final Pattern TRACE_ABSENT =
            Pattern.compile("missing register in input stream: i=[0-9]{1,6} index=0x([0-9a-fA-F]{1,16})\\b");
    private static final Pattern TRACE_LENGTHS =
            Pattern.compile("cpreg_array_len=([0-9]{1,9}) cpreg_vmstate_array_len=([0-9]{1,9})");
    private static final Pattern COULD_NOT_SET = Pattern.compile("Could not set register ([A-Za-z0-9: ]{1,100}?)"
            + "(?: to ([0-9a-f]{1,16})(?: \\(is ([0-9a-f]{1,16})\\))?|: (unknown to KVM|[A-Z][A-Za-z ,'()-]{1,80}))");
    private static final Pattern DEVICE = Pattern.compile(
            "error while loading state for instance 0x[0-9a-fA-F]{1,8} of ?device '([^']{1,200})'(.{0,5})");
    private static final Pattern POST_LOAD = Pattern.compile(
            "post load hook failed for: cpu, version_id: [0-9]{1,9}, minimum_version: [0-9]{1,9}, ret: (-?[0-9]{1,9})");
    private static final Pattern LOAD_FAILED =
            Pattern.compile("(?:load of migration failed|job 'migration (?:in|out)' failed): ([A-Z][A-Za-z /-]{1,80})");
    private static final Pattern NOT_PUT =
            Pattern.compile("Failed to put registers after (?:init|reset|pre-loadvm): ([A-Z][A-Za-z /-]{1,80})");
    private static final Pattern NOT_FOUND =
            Pattern.compile("Property '[^']{0,80}\\.(x-mig-(?:hidden|safe-missing)-regs)' not found");
    private static final Pattern SET_TWICE =
            Pattern.compile("array size property (x-mig-(?:hidden|safe-missing)-regs) may not be set more than once");
    private static final Pattern SYNTAX =
            Pattern.compile("Parameter '[^']{0,80}' expects (?:a )?list of uint64 values or ranges");
    private static final Pattern SUBSECTION =
            Pattern.compile("VM subsection '([^']{1,200})' in '[^']{1,200}' does not exist");
    private static final Pattern STARTED = Pattern.compile("starting up libvirt version: [^,]{1,80}, .{0,200}");
    private static final Pattern QEMU_VERSION = Pattern.compile("qemu version: ([0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3})");
    private static final Pattern KERNEL = Pattern.compile("kernel: ([0-9][^, ]{0,63})");

    private static final Pattern WITHOUT_PREFIX =
            Pattern.compile("op0:[0-9] op1:[0-9] crn:[0-9]{1,2} crm:[0-9]{1,2} op2:[0-9]");
    private static final Pattern BARE_HEX = Pattern.compile("[0-9a-f]{16}");

    private final Set<LogEvent> events = new LinkedHashSet<>();
    private final Clues clues = new Clues();
    private int notUnderstood;
    private boolean isCut;
    /** A line that the next one may go on with, and of how many lines it is made. */
    private String unfinished = "";

    private int broken;

    private QemuLogReader() {}

    /** @throws UnreadableCaptureException when the text is longer than {@link #LARGEST} */
    public static LogReading read(byte[] content) {
        if (content.length > LARGEST) {
            throw new UnreadableCaptureException(
                    FORMAT,
                    LARGEST,
                    "the log has " + content.length + " bytes; at most " + LARGEST
                            + " are read: give the lines of one failed load");
        }
        return read(new String(content, StandardCharsets.UTF_8));
    }

    /** @throws UnreadableCaptureException when the text is longer than {@link #LARGEST} */
    public static LogReading read(String text) {
        if (text.length() > LARGEST) {
            throw new UnreadableCaptureException(
                    FORMAT, LARGEST, "the log is longer than " + LARGEST + " characters: give the lines of one load");
        }
        QemuLogReader reader = new QemuLogReader();
        Matcher ends = LINE_END.matcher(text);
        int start = 0;
        while (ends.find()) {
            reader.line(text, start, ends.start());
            start = ends.end();
        }
        reader.line(text, start, text.length());
        reader.finish();
        return reader.reading();
    }

    private LogReading reading() {
        List<LogEvent> all = withoutRepeatedLengths();
        List<String> remarks = new ArrayList<>();
        if (notUnderstood > 0) {
            remarks.add(notUnderstood + (notUnderstood == 1 ? " register was" : " registers were")
                    + " printed in a form that is not known, and left out.");
        }
        if (isCut) {
            remarks.add("The log says more than " + MOST_EVENTS + " different things; the rest was left out.");
        }
        List<LoadBehaviour> behaviours = clues.behaviours(all, remarks);
        return new LogReading(all, behaviours, clues.accelerator(), remarks);
    }

    /** The numbers and the field are two messages of one failure. */
    private List<LogEvent> withoutRepeatedLengths() {
        List<LogEvent> all = new ArrayList<>();
        LengthFailure numbers = null;
        int numbersAt = -1;
        for (LogEvent event : events) {
            if (event instanceof LengthFailure failure) {
                if (failure.wording() == LengthWording.NUMBERS_ALONE) {
                    numbers = failure;
                    numbersAt = all.size();
                } else if (numbers != null) {
                    all.set(numbersAt, new LengthFailure(numbers.incoming(), numbers.bound(), failure.wording()));
                    numbers = null;
                    continue;
                } else if (all.stream().anyMatch(LengthFailure.class::isInstance)) {
                    continue;
                }
            }
            all.add(event);
        }
        return all;
    }

    private void line(String text, int start, int end) {
        if (start >= end) {
            return;
        }
        String line = unescaped(ANSI.matcher(text.substring(start, Math.min(end, start + LONGEST_LINE)))
                .replaceAll(""));
        if (!unfinished.isEmpty() && !OPENING.matcher(line).find()) {
            line = unfinished + " " + QUOTED.matcher(line).replaceFirst("");
            broken++;
        } else {
            finish();
            broken = 0;
        }
        boolean goesOn = broken < MOST_BROKEN && UNFINISHED.matcher(line).find();
        unfinished = goesOn ? line : "";
        if (!goesOn) {
            message(line);
        }
    }

    /** Reads what was kept for a next line that does not go on with it. */
    private void finish() {
        if (!unfinished.isEmpty()) {
            message(unfinished);
            unfinished = "";
        }
    }

    private static String unescaped(String line) {
        if (line.indexOf('\\') < 0 && line.indexOf('&') < 0) {
            return line;
        }
        return ESCAPED.matcher(line).replaceAll(escaped -> {
            if (escaped.group(9) != null) {
                return escaped.group(9);
            }
            if (escaped.group(1) != null || escaped.group(5) != null) {
                return "<";
            }
            if (escaped.group(2) != null || escaped.group(6) != null) {
                return ">";
            }
            return escaped.group(3) != null || escaped.group(7) != null ? "'" : "\"";
        });
    }

    private void message(String line) {
        Matcher matcher = LENGTH.matcher(line);
        if (matcher.find()) {
            length(matcher);
        }
        if (LENGTH_FIELD.matcher(line).find()) {
            add(new LengthFailure(null, null, LengthWording.FIELD));
        }
        if (LENGTH_ELEMENT.matcher(line).find()) {
            add(new LengthFailure(null, null, LengthWording.ELEMENT));
        }
        registers(line);
        failures(line);
        properties(line);
    }

    private void length(Matcher matcher) {
        long incoming = Long.parseLong(matcher.group(1));
        long bound = Long.parseLong(matcher.group(2));
        if (incoming <= Integer.MAX_VALUE && bound <= Integer.MAX_VALUE) {
            add(new LengthFailure((int) incoming, (int) bound, LengthWording.NUMBERS_ALONE));
        }
    }

    private void registers(String line) {
        printed(EXTRA_FATAL, line, register -> new ExtraRegister(register, false, Naming.UPSTREAM));
        printed(EXTRA_TOLERATED, line, register -> new ExtraRegister(register, true, Naming.UPSTREAM));
        printed(ABSENT, line, register -> new AbsentRegister(register, Naming.UPSTREAM));
        printed(ABSENT_TOLERATED, line, register -> new AbsentRegister(register, Naming.UPSTREAM));
        printed(SERIES_ABSENT_TRACE, line, register -> new AbsentRegister(register, Naming.SERIES));
        hex(SERIES_EXTRA, line, register -> new ExtraRegister(register, false, Naming.SERIES));
        hex(SERIES_ABSENT, line, register -> new AbsentRegister(register, Naming.SERIES));
        hex(TRACE_EXTRA, line, register -> new ExtraRegister(register, false, Naming.SERIES_TRACE));
        hex(TRACE_TOLERATED, line, register -> new ExtraRegister(register, true, Naming.SERIES_TRACE));
        hex(TRACE_ABSENT, line, register -> new AbsentRegister(register, Naming.SERIES_TRACE));
        Matcher refused = COULD_NOT_SET.matcher(line);
        while (refused.find()) {
            clues.valueRefused(refused.group(1));
            RegisterId register = register(refused.group(1));
            if (register != null) {
                add(new ValueRefused(
                        register, hex(refused.group(2)), hex(refused.group(3)), stripped(refused.group(4))));
            }
        }
    }

    private void failures(String line) {
        Matcher device = DEVICE.matcher(line);
        if (device.find()) {
            add(new DeviceNotLoaded(device.group(1), !device.group(2).startsWith(":")));
        }
        Matcher postLoad = POST_LOAD.matcher(line);
        boolean afterLoad = postLoad.find();
        if (afterLoad) {
            add(new PostLoadFailed(Integer.parseInt(postLoad.group(1))));
        }
        Matcher failed = LOAD_FAILED.matcher(line);
        if (failed.find()) {
            String error = failed.group(1).strip();
            add(new LoadFailed(error));
            if (afterLoad) {
                clues.postLoadWith(error);
            }
        }
        Matcher notPut = NOT_PUT.matcher(line);
        if (notPut.find()) {
            add(new RegistersNotPut(notPut.group(1).strip()));
        }
        Matcher subsection = SUBSECTION.matcher(line);
        if (subsection.find()) {
            add(new UnknownSubsection(subsection.group(1)));
        }
    }

    private void properties(String line) {
        Matcher lengths = TRACE_LENGTHS.matcher(line);
        if (lengths.find()) {
            add(new ListLengths(Integer.parseInt(lengths.group(1)), Integer.parseInt(lengths.group(2))));
        }
        Matcher notFound = NOT_FOUND.matcher(line);
        if (notFound.find()) {
            add(new PropertyNotFound(notFound.group(1)));
        }
        Matcher twice = SET_TWICE.matcher(line);
        if (twice.find()) {
            add(new PropertySetTwice(twice.group(1)));
        }
        Matcher syntax = SYNTAX.matcher(line);
        if (syntax.find()) {
            add(new PropertySyntax(syntax.group()));
        }
        if (STARTED.matcher(line).find()) {
            Matcher qemu = QEMU_VERSION.matcher(line);
            Matcher kernel = KERNEL.matcher(line);
            add(new GuestStarted(qemu.find() ? qemu.group(1) : null, kernel.find() ? kernel.group(1) : null));
        }
    }

    private void add(LogEvent event) {
        if (events.size() < MOST_EVENTS) {
            events.add(event);
        } else {
            isCut |= !events.contains(event);
        }
    }

    private interface MadeOf {
        LogEvent event(RegisterId register);
    }

    private void printed(Pattern pattern, String line, MadeOf made) {
        Matcher matcher = pattern.matcher(line);
        while (matcher.find()) {
            RegisterId register = register(matcher.group(1).strip());
            if (register != null) {
                add(made.event(register));
            }
        }
    }

    private void hex(Pattern pattern, String line, MadeOf made) {
        Matcher matcher = pattern.matcher(line);
        while (matcher.find()) {
            add(made.event(new RegisterId(Long.parseUnsignedLong(matcher.group(1), 16))));
        }
    }

    private static @Nullable Long hex(@Nullable String digits) {
        return digits == null ? null : (Long) Long.parseUnsignedLong(digits, 16);
    }

    private static @Nullable String stripped(@Nullable String text) {
        return text == null ? null : text.strip();
    }

    private @Nullable RegisterId register(String printed) {
        String form = printed;
        if (WITHOUT_PREFIX.matcher(form).matches()) {
            form = "system register " + form;
        } else if (BARE_HEX.matcher(form).matches()) {
            form = "0x" + form;
        }
        try {
            RegisterId register = RegisterId.parseLenient(form);
            clues.printedAs(form.startsWith("system register 0x") ? Accelerator.TCG : Accelerator.KVM);
            return register;
        } catch (IllegalArgumentException unknownForm) {
            notUnderstood++;
            return null;
        }
    }
}
