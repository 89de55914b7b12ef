package org.migreg.format.qemusource;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.ReadingMemory;
import org.migreg.policy.CompatProperty;
import org.migreg.policy.EntryContent;
import org.migreg.policy.RegisterSetting;
import org.migreg.policy.change.ProposedTable;
import org.migreg.policy.exchange.PropertyValue;
import org.migreg.policy.exchange.QemuArguments;
import org.migreg.policy.exchange.TableImport;
import org.migreg.policy.exchange.UnreadableTableException;
import org.migreg.qemu.MachineType;
import org.migreg.register.RegisterId;

/**
 * Reads QEMU's C sources, a whole {@code hw/arm/virt.c} or a part of it: {@code GlobalProperty} arrays
 * that set the compat properties for {@code arm-cpu}, with macros of the same source, {@code
 * stringify()} and adjacent strings; the functions that add them to a machine type; and from which
 * newer machine type each inherits. Comments become the entries' rationale: a line {@code NAME: why}, or
 * {@code NAME:} with the reason in the lines below, that of one register, any other that of all registers of
 * the value.
 *
 * <p>What does not concern the compat properties is passed over; what does and is not understood is
 * refused with its line and column.
 */
public final class QemuSourceReader {

    private static final int LONGEST_TEXT = 16_000_000;
    private static final int LONGEST_RATIONALE = 4000;
    private static final Pattern PARAGRAPH = Pattern.compile("(\\S+):(?: .*)?");

    private final CSource source;
    private final @Nullable String machineTypeOfLooseArrays;
    private final List<String> remarks = new ArrayList<>();
    private final Map<String, Level> levels = new LinkedHashMap<>();
    private final Set<String> added = new HashSet<>();

    /** What one machine type's functions do. */
    private static final class Level {
        private @Nullable CToken place;
        private @Nullable String parent;
        private boolean hasOptions;
        private final List<CSource.PropertyArray> own = new ArrayList<>();
        private @Nullable List<CSource.PropertyArray> whole;
    }

    private QemuSourceReader(CSource source, @Nullable String machineTypeOfLooseArrays) {
        this.source = source;
        this.machineTypeOfLooseArrays = machineTypeOfLooseArrays;
    }

    /**
     * The machine types and entries of a source.
     *
     * @param machineTypeOfLooseArrays the machine type of arrays that no function of the source adds;
     *     null to go by their names, such as {@code arm_virt_compat_10_1}, and refuse those that do not say
     * @throws UnreadableTableException naming line, column and what would be right
     */
    public static TableImport read(String text, @Nullable String machineTypeOfLooseArrays) {
        if (text.length() > LONGEST_TEXT) {
            throw new UnreadableTableException(0, 0, "the source is longer than 16,000,000 characters");
        }
        if (PatchReader.recognises(text)) {
            throw new UnreadableTableException(0, 0, "this is a patch: say so with form=patch");
        }
        return ReadingMemory.ofOneFile(
                () -> {
                    ReadingMemory.take(ReadingMemory.toTokenize(text));
                    return new QemuSourceReader(CSource.parse(text), machineTypeOfLooseArrays).read();
                },
                table -> ReadingMemory.toParse(text.length()));
    }

    private TableImport read() {
        source.functions().values().forEach(this::function);
        looseArrays();
        List<MachineType> machineTypes = new ArrayList<>();
        List<EntryContent> entries = new ArrayList<>();
        Set<String> parentsUnknown = new HashSet<>();
        Set<String> complete = new HashSet<>();
        levels.forEach((name, level) -> {
            try {
                machineTypes.add(new MachineType(name, "aarch64", level.parent, ""));
                entries.addAll(ownEntries(name, level));
            } catch (IllegalArgumentException invalid) {
                throw new UnreadableTableException(
                        level.place == null ? 0 : level.place.line(),
                        level.place == null ? 0 : level.place.column(),
                        String.valueOf(invalid.getMessage()));
            }
            if (!level.hasOptions) {
                parentsUnknown.add(name);
            }
            if (level.whole != null) {
                complete.add(name);
            }
            remarkOnRepetition(name);
        });
        return new TableImport(
                new ProposedTable(ProposedTable.Covers.MACHINE_TYPES, machineTypes, entries),
                parentsUnknown,
                complete,
                remarks);
    }

    private void function(CSource.Function function) {
        String machineType = SourceNames.machineTypeOf(function.name());
        List<CSource.PropertyArray> arrays = new ArrayList<>();
        for (CSource.Addition addition : function.additions()) {
            CSource.PropertyArray array = source.arrays().get(addition.array());
            if (array == null || array.settings().isEmpty()) {
                continue;
            }
            if (machineType == null) {
                throw addition.place()
                        .refused(function.name() + "() adds " + array.name()
                                + ", but belongs to no machine type: add it in"
                                + " a function such as virt_machine_10_1_options()");
            }
            if (!addition.always()) {
                throw addition.place()
                        .refused("whether " + array.name()
                                + " is added depends on something: add it always, or leave it" + " out");
            }
            arrays.add(array);
            added.add(array.name());
        }
        if (machineType == null) {
            return;
        }
        Level level = levels.computeIfAbsent(machineType, name -> new Level());
        level.place = function.place();
        if (SourceNames.isForOneMachineType(function.name())) {
            level.whole = arrays;
            return;
        }
        level.hasOptions = true;
        level.own.addAll(arrays);
        for (CToken call : function.calls()) {
            String parent = SourceNames.machineTypeOf(call.text());
            if (parent == null || SourceNames.isForOneMachineType(call.text())) {
                continue;
            }
            if (level.parent != null) {
                throw call.refused(machineType + " inherits from " + level.parent + " already: a machine type calls the"
                        + " options of one newer one");
            }
            if (parent.equals(machineType)) {
                throw call.refused(machineType + " calls its own options: call those of the next newer machine type");
            }
            level.parent = parent;
        }
    }

    private void looseArrays() {
        for (CSource.PropertyArray array : source.arrays().values()) {
            if (array.settings().isEmpty() || added.contains(array.name())) {
                continue;
            }
            String machineType = machineTypeOfLooseArrays == null
                    ? SourceNames.machineTypeOfArray(array.name())
                    : machineTypeOfLooseArrays;
            if (machineType == null) {
                throw array.place()
                        .refused("no function of a machine type adds " + array.name()
                                + " with compat_props_add(), so it is not known whose it is: say for which machine type"
                                + " to read it");
            }
            if (machineTypeOfLooseArrays == null) {
                remarks.add("no function of a machine type adds " + array.name() + ": its name says that it is for "
                        + machineType);
            }
            levels.computeIfAbsent(machineType, name -> new Level()).own.add(array);
        }
    }

    /** The chain, the machine type itself first; those that the source does not have are left out. */
    private List<Level> chain(String machineType) {
        List<Level> chain = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        String next = machineType;
        while (next != null) {
            Level level = levels.get(next);
            if (level == null) {
                break;
            }
            if (!seen.add(next)) {
                throw new UnreadableTableException(
                        level.place == null ? 0 : level.place.line(),
                        level.place == null ? 0 : level.place.column(),
                        "the machine types inherit in a circle: " + String.join(" -> ", seen) + " -> " + next);
            }
            chain.add(level);
            next = level.parent;
        }
        return chain;
    }

    private Set<RegisterSetting> registersOf(List<CSource.PropertyArray> arrays) {
        Set<RegisterSetting> registers = new LinkedHashSet<>();
        for (CSource.PropertyArray array : arrays) {
            for (CSource.Setting setting : array.settings()) {
                setting.value()
                        .registers()
                        .forEach(register -> registers.add(new RegisterSetting(setting.property(), register)));
            }
        }
        return registers;
    }

    /** What the machine type sets in all. */
    private Set<RegisterSetting> effective(List<Level> chain) {
        Set<RegisterSetting> registers = new LinkedHashSet<>();
        for (Level level : chain) {
            if (level.whole != null) {
                registers.addAll(registersOf(level.whole));
                return registers;
            }
            registers.addAll(registersOf(level.own));
        }
        return registers;
    }

    private List<EntryContent> ownEntries(String machineType, Level level) {
        List<Level> chain = chain(machineType);
        Set<RegisterSetting> inherited = effective(chain.subList(1, chain.size()));
        List<CSource.PropertyArray> arrays = level.own;
        if (level.whole != null) {
            arrays = new ArrayList<>(level.whole);
            arrays.addAll(level.own);
            Set<RegisterSetting> own = registersOf(arrays);
            for (RegisterSetting one : inherited) {
                if (!own.contains(one) && level.place != null) {
                    throw level.place.refused(machineType + " would inherit " + one.property() + " for "
                            + one.register()
                            + " (" + one.register().name() + ") from a newer machine type, but does not set it: entries"
                            + " cannot be taken back, so add it here or remove it there");
                }
            }
        }
        Map<CompatProperty, TreeMap<RegisterId, EntryContent>> entries = new EnumMap<>(CompatProperty.class);
        for (CSource.PropertyArray array : arrays) {
            for (CSource.Setting setting : array.settings()) {
                TreeMap<RegisterId, EntryContent> ofProperty =
                        entries.computeIfAbsent(setting.property(), property -> new TreeMap<>());
                for (EntryContent entry : QemuArguments.entries(
                        machineType, setting.property(), setting.value(), "not yet known", remarks)) {
                    if (level.whole != null && inherited.contains(entry.setting())) {
                        continue;
                    }
                    ofProperty.putIfAbsent(entry.register(), explained(entry, array.name(), setting));
                }
            }
        }
        List<EntryContent> all = new ArrayList<>();
        entries.values().forEach(ofProperty -> all.addAll(ofProperty.values()));
        return all;
    }

    /** The entry with what the comments of its array's element say of its register. */
    static EntryContent explained(EntryContent entry, String array, CSource.Setting setting) {
        return new EntryContent(
                entry.machineType(),
                entry.property(),
                entry.register(),
                entry.kernels(),
                null,
                rationale(array, setting, entry.register()));
    }

    /** What the comments of an array's element say of one of its registers. */
    private static String rationale(String array, CSource.Setting setting, RegisterId register) {
        List<String> parts = new ArrayList<>();
        for (String comment : setting.comments()) {
            String part = ofRegister(comment, setting.value(), register);
            if (!part.isBlank()) {
                parts.add(part);
            }
        }
        String rationale = String.join("\n", parts).strip();
        if (rationale.isEmpty()) {
            return "Imported from QEMU's sources, array " + array + ", line "
                    + setting.place().line() + ", which has no comment.";
        }
        return rationale.length() <= LONGEST_RATIONALE
                ? rationale
                : rationale.substring(0, LONGEST_RATIONALE - 3) + "...";
    }

    /** The paragraph about the register, or all of a comment without such paragraphs. */
    private static String ofRegister(String comment, PropertyValue value, RegisterId register) {
        Map<RegisterId, String> paragraphs = new HashMap<>();
        RegisterId current = null;
        boolean laidOut = false;
        for (String line : comment.split("\n", -1)) {
            RegisterId named = named(line, value);
            if (named != null) {
                current = named;
                String begun = line.substring(line.indexOf(':') + 1).strip();
                laidOut = begun.isEmpty();
                paragraphs.merge(named, begun, (a, b) -> a + " " + b);
            } else if (current != null) {
                String more = laidOut ? "\n" + (line.startsWith("  ") ? line.substring(2) : line) : " " + line.strip();
                paragraphs.merge(current, more, String::concat);
            } else if (!line.isBlank()) {
                return comment;
            }
        }
        return paragraphs.isEmpty()
                ? comment
                : paragraphs.getOrDefault(register, "").strip();
    }

    private static @Nullable RegisterId named(String line, PropertyValue value) {
        Matcher paragraph = PARAGRAPH.matcher(line);
        if (!paragraph.matches()) {
            return null;
        }
        for (RegisterId register : value.registers()) {
            if (register.name().equals(paragraph.group(1))
                    || register.toString().equals(paragraph.group(1))) {
                return register;
            }
        }
        return null;
    }

    private void remarkOnRepetition(String machineType) {
        List<Level> chain = chain(machineType);
        for (CompatProperty property : CompatProperty.values()) {
            List<String> setBy = new ArrayList<>();
            for (Level level : chain) {
                List<CSource.PropertyArray> arrays = new ArrayList<>(level.own);
                if (level == chain.getFirst() && level.whole != null) {
                    arrays.addAll(level.whole);
                }
                for (CSource.PropertyArray array : arrays) {
                    for (CSource.Setting setting : array.settings()) {
                        if (setting.property() == property) {
                            setBy.add(
                                    array.name() + " in line " + setting.place().line());
                        }
                    }
                }
            }
            if (setBy.size() > 1) {
                remarks.add(machineType + " sets " + property + " more than once, by " + String.join(" and by ", setBy)
                        + ": QEMU aborts there (array size property " + property
                        + " may not be set more than once); the entries are merged here");
            }
        }
    }
}
