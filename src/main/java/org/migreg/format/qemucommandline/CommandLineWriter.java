package org.migreg.format.qemucommandline;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.migreg.policy.CompatProperty;
import org.migreg.policy.PolicyUnion;
import org.migreg.policy.exchange.PropertyValue;
import org.migreg.policy.exchange.QemuArguments;
import org.migreg.policy.exchange.Rendering;

/** Writes the options that set a policy, with {@code -machine}, one option a line, as a shell reads them. */
public final class CommandLineWriter {

    private CommandLineWriter() {}

    /**
     * The options; a shell needs no quotes for them.
     *
     * @param cpuModel what {@code -cpu} names; used only by that form
     */
    public static Rendering write(PolicyUnion union, QemuArguments.Form form, String cpuModel) {
        StringBuilder text =
                new StringBuilder("-machine ").append(union.machineType().name());
        List<String> arguments = QemuArguments.setting(union, form, cpuModel);
        for (int i = 0; i < arguments.size(); i += 2) {
            text.append(" \\\n").append(arguments.get(i)).append(' ').append(arguments.get(i + 1));
        }
        List<String> notCarried = new ArrayList<>();
        if (form == QemuArguments.Form.CPU) {
            for (CompatProperty property : CompatProperty.values()) {
                PropertyValue value = PropertyValue.of(union.registers(property));
                if (!value.isOneRange()) {
                    notCarried.add("-cpu takes one number or range for each property: " + property + " has "
                            + value.registers().size() + " registers that are not one range, and goes after -global");
                }
            }
        }
        return Rendering.of(union, text.append('\n').toString(), Set.of(), notCarried);
    }
}
