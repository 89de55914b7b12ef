package org.migreg.question.diagnosis;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.policy.PolicyEntry;
import org.migreg.register.RegisterEncoding;
import org.migreg.register.RegisterHistory;
import org.migreg.register.RegisterId;

/**
 * One register that a log names.
 *
 * @param incoming the value that was refused, where the log says it
 * @param current the destination's own value, where the log says it
 * @param entries every entry of the table that names the register, whatever its machine type: the known
 *     events that explain it
 * @param sentence what the log proves of it
 * @param suggestion what may be the cause; null where the log proves it, or where nothing failed
 * @param next what helps; null where nothing failed
 */
public record InvolvedRegister(
        RegisterId register,
        RegisterRole role,
        @Nullable Long incoming,
        @Nullable Long current,
        List<PolicyEntry> entries,
        String sentence,
        @Nullable Suggestion suggestion,
        @Nullable String next) {

    public InvolvedRegister {
        entries = List.copyOf(entries);
    }

    /** What kernels and QEMU versions did to it, a sentence each. */
    public List<String> events() {
        return RegisterHistory.of(register);
    }

    public String name() {
        return register.name();
    }

    public RegisterEncoding encoding() {
        return register.encoding();
    }
}
