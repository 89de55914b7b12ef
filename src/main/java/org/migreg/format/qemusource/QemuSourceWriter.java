package org.migreg.format.qemusource;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.migreg.policy.CompatProperty;
import org.migreg.policy.PolicyEntry;
import org.migreg.policy.PolicyUnion;
import org.migreg.policy.exchange.Rendering;

/**
 * Writes a policy as it stands in QEMU's {@code hw/arm/virt.c}: a {@code GlobalProperty} array with one
 * value per property, its length, and the function that adds it.
 *
 * <p>With a machine type's own entries alone the function is {@code virt_machine_X_Y_options()}, which
 * older machine types call: right as long as no two of a chain set one property. Merged, the array holds
 * all that the machine type needs, and the function, {@code virt_machine_X_Y_mig_compat()}, is one that
 * older machine types do not call, since QEMU aborts where an array property is set twice.
 */
public final class QemuSourceWriter {

    private static final int WIDTH = 76;
    private static final String ELEMENT_INDENT = "    ";
    private static final int REGISTERS_IN_A_LINE = 3;

    private QemuSourceWriter() {}

    public static Rendering write(PolicyUnion union) {
        StringBuilder c = new StringBuilder();
        List<String> notCarried = new ArrayList<>();
        String name = union.machineType().name();
        String array = SourceNames.array(name);
        if (!SourceNames.isNamed(name)) {
            notCarried.add("machine type " + name + " has no name of the form virt-10.1 or virt-rhel9.6.0: the names in"
                    + " the source are made up, and reading it back needs the machine type");
        }
        if (!union.isEmpty()) {
            c.append("static GlobalProperty ").append(array).append("[] = {\n");
            for (CompatProperty property : CompatProperty.values()) {
                element(c, union.elements(property), property, notCarried);
            }
            c.append("};\n");
            c.append("static const size_t ").append(array).append("_len =\n");
            c.append("    G_N_ELEMENTS(").append(array).append(");\n\n");
        }
        function(c, union, array);
        return Rendering.of(union, c.toString(), Set.of(Rendering.Carries.RATIONALE), notCarried);
    }

    /** Several machine types in one text, in the order given: for own entries parents must come first. */
    public static Rendering writeAll(List<PolicyUnion> unions) {
        StringBuilder c = new StringBuilder();
        List<String> warnings = new ArrayList<>();
        Set<String> notCarried = new LinkedHashSet<>();
        for (PolicyUnion union : unions) {
            Rendering one = write(union);
            c.append(c.isEmpty() ? "" : "\n").append(one.text());
            one.warnings().forEach(warning -> warnings.add(union.machineType().name() + ": " + warning));
            notCarried.addAll(one.notCarried());
        }
        return new Rendering(c.toString(), warnings, List.copyOf(notCarried));
    }

    private static void function(StringBuilder c, PolicyUnion union, String array) {
        String name = union.machineType().name();
        boolean merged = union.scope() == PolicyUnion.Scope.MERGED;
        if (merged) {
            comment(
                    c,
                    "",
                    wrapped(
                            "All that " + name + " needs: call it after the machine type's options, and not from older"
                                    + " machine types, since QEMU aborts where one of these properties is set twice.",
                            ""));
        }
        c.append("static void ")
                .append(SourceNames.function(name, merged ? "mig_compat" : "options"))
                .append("(MachineClass *mc)\n{\n");
        String parent = union.machineType().inheritsFrom();
        if (!merged && parent != null) {
            c.append("    ").append(SourceNames.function(parent, "options")).append("(mc);\n");
        }
        if (!union.isEmpty()) {
            c.append("    compat_props_add(mc->compat_props, ")
                    .append(array)
                    .append(",\n                     ")
                    .append(array)
                    .append("_len);\n");
        }
        c.append("}\n");
    }

    private static void element(
            StringBuilder c, List<PolicyUnion.Element> elements, CompatProperty property, List<String> notCarried) {
        if (elements.isEmpty()) {
            return;
        }
        List<String> lines = new ArrayList<>();
        for (PolicyUnion.Element element : elements) {
            Set<String> rationales = new LinkedHashSet<>();
            for (PolicyEntry entry : element.entries()) {
                String inComment = inComment(entry.rationale());
                if (!inComment.equals(entry.rationale())) {
                    notCarried.add("the rationale of " + element.register().name() + " (" + element.register()
                            + ") has its comment marks, or blanks at the ends of lines, changed");
                }
                rationales.add(inComment);
            }
            lines.addAll(paragraph(element.register().name(), rationales));
        }
        comment(c, ELEMENT_INDENT, lines);
        c.append("    { TYPE_ARM_CPU, \"").append(property).append("\",\n");
        for (int from = 0; from < elements.size(); from += REGISTERS_IN_A_LINE) {
            int to = Math.min(from + REGISTERS_IN_A_LINE, elements.size());
            List<String> ids = elements.subList(from, to).stream()
                    .map(element -> element.register().toString())
                    .toList();
            c.append("      \"").append(String.join(", ", ids)).append(to < elements.size() ? ", \"\n" : "\" },\n");
        }
    }

    private static String inComment(String rationale) {
        return rationale
                .replace("*/", "* /")
                .replace("/*", "/ *")
                .lines()
                .map(String::stripTrailing)
                .collect(Collectors.joining("\n"))
                .strip();
    }

    /**
     * What the comment says of one register. A text that is one line is wrapped behind the name; one that somebody has
     * laid out stands below the name as it is, two blanks deeper.
     */
    private static List<String> paragraph(String register, Set<String> rationales) {
        if (rationales.stream().allMatch(rationale -> rationale.equals(rationale.replaceAll("\\s+", " ")))) {
            return wrapped(register + ": " + String.join(" ", rationales), ELEMENT_INDENT);
        }
        List<String> lines = new ArrayList<>(List.of(register + ":"));
        rationales.forEach(
                rationale -> rationale.lines().map(line -> "  " + line).forEach(lines::add));
        return lines;
    }

    /** In lines that fit, the second and later ones two blanks deeper. */
    private static List<String> wrapped(String text, String indent) {
        int width = WIDTH - indent.length() - 3;
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (line.length() > 2 && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
                line.append("  ").append(word);
            } else {
                line.append(line.isEmpty() ? "" : " ").append(word);
            }
        }
        lines.add(line.toString());
        return lines;
    }

    private static void comment(StringBuilder c, String indent, List<String> lines) {
        c.append(indent).append("/*\n");
        lines.forEach(
                line -> c.append(indent).append((" * " + line).stripTrailing()).append('\n'));
        c.append(indent).append(" */\n");
    }
}
