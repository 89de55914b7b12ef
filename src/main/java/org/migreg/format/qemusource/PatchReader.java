package org.migreg.format.qemusource;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.migreg.policy.EntryContent;
import org.migreg.policy.RegisterSetting;
import org.migreg.policy.exchange.QemuArguments;
import org.migreg.policy.exchange.TablePatch;
import org.migreg.policy.exchange.UnreadableTableException;

/**
 * Reads a unified diff of QEMU's sources: what its compat properties and tolerances are before and after it, as far as it
 * shows them. An element of an array that it shows in part is refused, since nothing tells which registers stand in the
 * rest.
 */
public final class PatchReader {

    private static final int LONGEST_TEXT = 16_000_000;
    private static final Pattern HUNK =
            Pattern.compile("@@ -([0-9]+)(?:,([0-9]+))? \\+([0-9]+)(?:,([0-9]+))? @@ ?(.*)");
    private static final Pattern HUNKS = Pattern.compile("(?m)^@@ -[0-9]+(?:,[0-9]+)? \\+[0-9]+(?:,[0-9]+)? @@");
    private static final Pattern FILE = Pattern.compile("\\+\\+\\+ (?:b/)?(\\S+).*");
    private static final Pattern CONCERNS =
            Pattern.compile("x-mig-(?:hidden|safe-missing)-regs|" + TolerancesReader.CALL);
    private static final Pattern REGISTER = Pattern.compile("0[xX][46]0[2-8]0{4}[0-9a-fA-F]{9}");
    private static final String WHOLE =
            ": give the patch with all of its functions and arrays (git diff --function-context), or the sources";

    private final @Nullable String givenMachineType;
    private final List<String> remarks = new ArrayList<>();
    private final Map<String, String> machineTypeOfArray = new HashMap<>();
    private final Map<String, String> parents = new HashMap<>();
    private final Side before = new Side();
    private final Side after = new Side();
    private boolean hasC;

    /** What is set before the patch, or after it. */
    private static final class Side {
        private final List<Element> elements = new ArrayList<>();
        private final List<TolerancesReader.Tolerance> tolerances = new ArrayList<>();
    }

    private record Element(String array, CSource.Setting setting) {}

    private PatchReader(@Nullable String givenMachineType) {
        this.givenMachineType = givenMachineType;
    }

    /** Whether a text is a patch. */
    public static boolean recognises(String text) {
        return HUNKS.matcher(text).find();
    }

    /**
     * @param machineType of arrays whose names do not say it, and of tolerances; null for none
     * @throws UnreadableTableException naming the line of the patch, and what would be right
     */
    public static TablePatch read(String text, @Nullable String machineType) {
        if (text.length() > LONGEST_TEXT) {
            throw new UnreadableTableException(0, 0, "the patch is longer than 16,000,000 characters");
        }
        PatchReader reader = new PatchReader(machineType);
        reader.hunks(text.split("\r?\n", -1));
        return reader.patch();
    }

    private void hunks(String[] lines) {
        boolean isC = true;
        for (int at = 0; at < lines.length; ) {
            Matcher file = FILE.matcher(lines[at]);
            if (file.matches()) {
                isC = file.group(1).matches(".*\\.(?:c|h|inc)|/dev/null");
            }
            Matcher hunk = HUNK.matcher(lines[at]);
            if (hunk.matches() && isC) {
                hasC = true;
                at = hunk(lines, at, hunk);
            } else {
                at++;
            }
        }
    }

    /** Both sides of a hunk, each line where it stands in the patch; the answer is the line behind it. */
    private int hunk(String[] lines, int start, Matcher header) {
        long old = count(header.group(2));
        long fresh = count(header.group(4));
        StringBuilder oldText =
                new StringBuilder("\n".repeat(start)).append(header.group(5)).append('\n');
        StringBuilder newText = new StringBuilder(oldText);
        int at = start + 1;
        for (; at < lines.length && (old > 0 || fresh > 0); at++) {
            String line = lines[at];
            char sign = line.isEmpty() ? ' ' : line.charAt(0);
            String code = line.isEmpty() ? "" : line.substring(1);
            if (sign == '\\') {
                continue;
            }
            if (sign != ' ' && sign != '-' && sign != '+' && sign != '\t') {
                throw new UnreadableTableException(
                        at + 1,
                        1,
                        "the hunk of line " + (start + 1) + " is not all there: give the patch as git wrote it");
            }
            old -= sign == '+' ? 0 : 1;
            fresh -= sign == '-' ? 0 : 1;
            oldText.append(sign == '+' ? "" : code).append('\n');
            newText.append(sign == '-' ? "" : code).append('\n');
        }
        side(oldText.toString(), before);
        side(newText.toString(), after);
        return at;
    }

    private static long count(@Nullable String lines) {
        return lines == null ? 1 : Long.parseLong(lines.length() > 9 ? "999999999" : lines);
    }

    private void side(String text, Side side) {
        try {
            List<CToken> tokens = CTokens.of(fragment(text));
            elements(tokens, side);
            side.tolerances.addAll(TolerancesReader.tolerances(tokens, remarks));
        } catch (UnreadableTableException notC) {
            if (CONCERNS.matcher(text).find() || REGISTER.matcher(text).find()) {
                throw notC;
            }
        }
    }

    /** Without conditions, and without the parts of comments that begin or end elsewhere. */
    private static String fragment(String text) {
        String code = text.replaceAll("(?m)^\\s*#(?!\\s*define).*$", "");
        int end = code.indexOf("*/");
        int begin = code.indexOf("/*");
        if (end >= 0 && (begin < 0 || end < begin)) {
            code = code.substring(0, end + 2).replaceAll("[^\n]", "") + code.substring(end + 2);
        }
        return code.lastIndexOf("/*") > code.lastIndexOf("*/") ? code + "*/" : code;
    }

    private void elements(List<CToken> tokens, Side side) {
        CMacros macros = new CMacros(tokens);
        String array = null;
        String function = null;
        for (int at = 0; at < tokens.size(); at++) {
            CToken token = tokens.get(at);
            String machineType = token.isIdentifier() ? SourceNames.machineTypeOf(token.text()) : null;
            if (token.isIdentifier("GlobalProperty") && next(tokens, at).isIdentifier()) {
                array = tokens.get(at + 1).text();
                while (at + 1 < tokens.size()
                        && !tokens.get(at).is("{")
                        && !next(tokens, at).is(";")) {
                    at++;
                }
            } else if (machineType != null && at > 0 && tokens.get(at - 1).isIdentifier("void")) {
                function = machineType;
            } else if (machineType != null && function != null && !machineType.equals(function)) {
                parents.put(function, machineType);
            } else if (token.isIdentifier("compat_props_add") && function != null) {
                addition(tokens, at, function);
            } else if (token.is("{") && array != null) {
                int close = CSource.closing(tokens, at, "{", "}");
                if (close < 0) {
                    refusePart(tokens.subList(at, tokens.size()));
                    return;
                }
                List<String> comments = new ArrayList<>();
                tokens.subList(at, close).forEach(part -> part.comments().forEach(c -> comments.add(c.text())));
                CSource.Setting setting =
                        CSource.setting(token, macros.expand(tokens.subList(at + 1, close)), comments);
                if (setting != null) {
                    side.elements.add(new Element(array, setting));
                }
                at = close;
            } else if (token.is("}") && next(tokens, at).is(";")) {
                array = null;
            } else if (token.kind() == CToken.Kind.STRING) {
                refusePart(List.of(token));
            }
        }
    }

    private static CToken next(List<CToken> tokens, int at) {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    private void addition(List<CToken> tokens, int at, String function) {
        int close = CSource.closing(tokens, at + 1, "(", ")");
        if (close > 0) {
            List<List<CToken>> arguments = CSource.fields(tokens.subList(at + 2, close));
            if (arguments.size() == 3) {
                machineTypeOfArray.put(arguments.get(1).getFirst().text(), function);
            }
        }
    }

    /** Strings of an element whose other end the patch does not show. */
    private static void refusePart(List<CToken> tokens) {
        for (CToken token : tokens) {
            if (token.kind() == CToken.Kind.STRING
                    && (REGISTER.matcher(token.text()).find()
                            || CONCERNS.matcher(token.text()).find())) {
                throw token.refused("the patch shows an element of a GlobalProperty array in part, so that it is not"
                        + " known what the value is before and after" + WHOLE);
            }
        }
    }

    private TablePatch patch() {
        if (!hasC) {
            throw new UnreadableTableException(
                    0, 0, "the patch changes no C source: give one of QEMU's hw/arm/virt.c, or apply it and give that");
        }
        Map<String, Map<RegisterSetting, EntryContent>> now = entries(after);
        Map<String, Map<RegisterSetting, EntryContent>> then = entries(before);
        List<EntryContent> added = new ArrayList<>();
        Map<String, Set<RegisterSetting>> removed = new LinkedHashMap<>();
        now.forEach((machineType, settings) -> settings.forEach((setting, entry) -> {
            if (!then.getOrDefault(machineType, Map.of()).containsKey(setting)) {
                added.add(entry);
            }
        }));
        then.forEach((machineType, settings) -> settings.keySet().forEach(setting -> {
            if (!now.getOrDefault(machineType, Map.of()).containsKey(setting)) {
                removed.computeIfAbsent(machineType, first -> new LinkedHashSet<>())
                        .add(setting);
            }
        }));
        return new TablePatch(added, removed, parents, List.copyOf(new LinkedHashSet<>(remarks)));
    }

    private Map<String, Map<RegisterSetting, EntryContent>> entries(Side side) {
        Map<String, Map<RegisterSetting, EntryContent>> entries = new LinkedHashMap<>();
        for (Element element : side.elements) {
            CSource.Setting setting = element.setting();
            String machineType = machineType(element.array(), setting.place());
            for (EntryContent entry :
                    QemuArguments.entries(machineType, setting.property(), setting.value(), "not yet known", remarks)) {
                put(entries, QemuSourceReader.explained(entry, element.array(), setting));
            }
        }
        for (TolerancesReader.Tolerance tolerance : side.tolerances) {
            String machineType = tolerance.machineType() == null ? givenMachineType : tolerance.machineType();
            if (machineType == null) {
                throw tolerance
                        .place()
                        .refused(
                                "tolerances hold for every machine type of a QEMU: say with machineType for which to take"
                                        + " that of " + tolerance);
            }
            put(entries, tolerance.entry(machineType));
        }
        return entries;
    }

    private static void put(Map<String, Map<RegisterSetting, EntryContent>> entries, EntryContent entry) {
        entries.computeIfAbsent(entry.machineType(), first -> new TreeMap<>()).putIfAbsent(entry.setting(), entry);
    }

    private String machineType(String array, CToken place) {
        String machineType = machineTypeOfArray.getOrDefault(array, SourceNames.machineTypeOfArray(array));
        machineType = machineType == null ? givenMachineType : machineType;
        if (machineType == null) {
            throw place.refused("neither its name nor the patch says whose array " + array
                    + " is: say for which machine type to read it");
        }
        return machineType;
    }
}
