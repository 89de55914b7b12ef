package org.migreg.format.qemusource;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.migreg.hostkernel.KernelRange;
import org.migreg.policy.CompatProperty;
import org.migreg.policy.EntryContent;
import org.migreg.policy.ValueCondition;
import org.migreg.policy.change.ProposedTable;
import org.migreg.policy.exchange.TableImport;
import org.migreg.policy.exchange.UnreadableTableException;
import org.migreg.qemu.MachineType;
import org.migreg.register.RegisterId;

/**
 * Reads the calls of QEMU 11.1's {@code arm_register_cpreg_mig_tolerance()}, its own and those that this registry renders:
 * a tolerated register is one that is safe to miss, <i>only-source-test-value</i> its condition. Tolerances hold for every
 * machine type of a QEMU, so that the caller must say for which to take them where no function says it.
 */
public final class TolerancesReader {

    static final String CALL = "arm_register_cpreg_mig_tolerance";

    private static final int LONGEST_TEXT = 16_000_000;
    private static final Pattern FUNCTION =
            Pattern.compile("virt_(rhel)?([0-9]+(?:_[0-9]+)*)_set_cpreg_mig_tolerances");
    private static final Pattern NUMBER = Pattern.compile("(?:0[xX]([0-9a-fA-F]{1,16})|([0-9]{1,19}))[uUlL]{0,3}");
    private static final Pattern ALL_ONES = Pattern.compile("UINT64_MAX|-1[uUlL]{0,3}|~0[uUlL]{0,3}");

    /**
     * A call.
     *
     * @param machineType of the function that it stands in, null where that does not say
     * @param condition of <i>only-source-test-value</i>; null for <i>not-on-both-ends</i>
     */
    record Tolerance(
            CToken place,
            @Nullable String machineType,
            RegisterId register,
            @Nullable ValueCondition condition,
            String rationale) {

        EntryContent entry(String ofMachineType) {
            try {
                return new EntryContent(
                        ofMachineType,
                        CompatProperty.SAFE_MISSING_REGS,
                        register,
                        KernelRange.any(),
                        condition,
                        rationale);
            } catch (IllegalArgumentException invalid) {
                throw place.refused(String.valueOf(invalid.getMessage()));
            }
        }

        @Override
        public String toString() {
            return register.name() + " (" + register + ")" + (condition == null ? "" : " if " + condition);
        }
    }

    private TolerancesReader() {}

    /**
     * The entries that the calls of a source come to.
     *
     * @param machineType for which to take them; null to go by the functions' names, such as {@code
     *     virt_10_1_set_cpreg_mig_tolerances}
     * @throws UnreadableTableException naming line, column and what would be right
     */
    public static TableImport read(String text, @Nullable String machineType) {
        if (text.length() > LONGEST_TEXT) {
            throw new UnreadableTableException(0, 0, "the source is longer than 16,000,000 characters");
        }
        List<String> remarks = new ArrayList<>();
        List<Tolerance> tolerances = tolerances(CTokens.of(text), remarks);
        Map<String, MachineType> machineTypes = new LinkedHashMap<>();
        List<EntryContent> entries = new ArrayList<>();
        Set<List<Object>> seen = new LinkedHashSet<>();
        for (Tolerance tolerance : tolerances) {
            String name = machineType == null ? tolerance.machineType() : machineType;
            if (name == null) {
                throw tolerance
                        .place()
                        .refused("tolerances hold for every machine type of a QEMU: say with machineType for which to"
                                + " take these " + tolerances.size() + " as x-mig-safe-missing-regs: "
                                + tolerances.stream().map(Object::toString).collect(Collectors.joining(", ")));
            }
            EntryContent entry = tolerance.entry(name);
            if (!seen.add(List.of(name, entry.register()))) {
                throw tolerance.place().refused(tolerance + " has a tolerance already: a register has one");
            }
            machineTypes.putIfAbsent(name, new MachineType(name, "aarch64", null, ""));
            entries.add(entry);
        }
        remarks.add("a tolerance is compiled in: QEMU applies it for every machine type, under every host kernel");
        return new TableImport(
                new ProposedTable(ProposedTable.Covers.MACHINE_TYPES, List.copyOf(machineTypes.values()), entries),
                machineTypes.keySet(),
                machineTypes.keySet(),
                remarks);
    }

    /** The calls in these tokens, which may be those of a part of a source. */
    static List<Tolerance> tolerances(List<CToken> tokens, List<String> remarks) {
        CMacros macros = new CMacros(tokens);
        List<Tolerance> tolerances = new ArrayList<>();
        String machineType = null;
        String above = "";
        for (int at = 0; at + 1 < tokens.size(); at++) {
            CToken token = tokens.get(at);
            Matcher function = FUNCTION.matcher(token.text());
            if (function.matches()) {
                machineType = "virt-" + (function.group(1) == null ? "" : "rhel")
                        + function.group(2).replace('_', '.');
            }
            if (!token.isIdentifier(CALL) || !tokens.get(at + 1).is("(") || isDeclared(tokens, at)) {
                continue;
            }
            int close = CSource.closing(tokens, at + 1, "(", ")");
            if (close < 0) {
                throw token.refused("this call is not all there: give all of it");
            }
            if (!token.comments().isEmpty()) {
                above = token.comments().getLast().text();
            }
            List<List<CToken>> arguments = CSource.fields(macros.expand(tokens.subList(at + 2, close)));
            if (arguments.size() != 5) {
                throw token.refused(CALL + " takes a CPU, a register ID, a mask, a value and a kind");
            }
            add(tolerances, token, machineType, arguments, above, remarks);
            at = close;
        }
        return tolerances;
    }

    /** Whether the function itself stands here, with a type before its name. */
    private static boolean isDeclared(List<CToken> tokens, int at) {
        return at > 0
                && (tokens.get(at - 1).isIdentifier() || tokens.get(at - 1).is("*"));
    }

    private static void add(
            List<Tolerance> tolerances,
            CToken place,
            @Nullable String machineType,
            List<List<CToken>> arguments,
            String comment,
            List<String> remarks) {
        RegisterId register;
        try {
            register = RegisterId.parseLenient(joined(arguments.get(1)));
        } catch (IllegalArgumentException unknown) {
            throw place.refused(String.valueOf(unknown.getMessage()));
        }
        String kind = joined(arguments.get(4));
        ValueCondition condition = null;
        if (kind.equals("ToleranceOnlySrcTestValue")) {
            try {
                condition = new ValueCondition(number(arguments.get(2), place), number(arguments.get(3), place));
            } catch (IllegalArgumentException neverMet) {
                throw place.refused(String.valueOf(neverMet.getMessage()));
            }
        } else if (!kind.equals("ToleranceNotOnBothEnds")) {
            remarks.add("line " + place.line() + ": " + kind + " of " + register.name()
                    + " lets values differ, which no compat property does: it makes no entry");
            return;
        }
        tolerances.add(new Tolerance(place, machineType, register, condition, rationale(comment, register, place)));
    }

    /** The comment without the register's name and ID, which this registry writes in front. */
    private static String rationale(String comment, RegisterId register, CToken place) {
        String named = register.name() + " (" + register + "):";
        String text = comment.replaceAll("\\s+", " ").strip();
        text = text.startsWith(named) ? text.substring(named.length()).strip() : text;
        if (text.isEmpty()) {
            return "Imported from QEMU's tolerances, line " + place.line() + ", which has no comment.";
        }
        return text.length() <= 4000 ? text : text.substring(0, 3997) + "...";
    }

    private static long number(List<CToken> content, CToken place) {
        String text = joined(content);
        if (ALL_ONES.matcher(text).matches()) {
            return -1;
        }
        Matcher number = NUMBER.matcher(text);
        if (!number.matches()) {
            throw place.refused("'" + text + "' is not understood: write the number, or UINT64_MAX");
        }
        return number.group(1) == null
                ? Long.parseUnsignedLong(number.group(2))
                : Long.parseUnsignedLong(number.group(1), 16);
    }

    private static String joined(List<CToken> content) {
        return content.stream().map(CToken::text).collect(Collectors.joining());
    }
}
