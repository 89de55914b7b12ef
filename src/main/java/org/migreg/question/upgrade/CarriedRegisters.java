package org.migreg.question.upgrade;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.migreg.evaluation.Evaluation;
import org.migreg.evaluation.Finding;
import org.migreg.evaluation.FindingKind;
import org.migreg.evaluation.ValueRule;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterList;

/**
 * What a guest's registers hold after a move: the incoming values of the common registers, the
 * destination's reset values of those that did not travel, and where KVM accepts a value but keeps
 * another, what it keeps ({@code docs/value-rules.md}, "accepted but changed").
 */
final class CarriedRegisters {

    private CarriedRegisters() {}

    /**
     * @param carried the guest's registers on the source
     * @param own the destination's registers with their reset values
     * @param evaluation of this very move
     */
    static RegisterList after(RegisterList carried, RegisterList own, Evaluation evaluation) {
        Set<RegisterId> notTravelled = new HashSet<>();
        Map<RegisterId, Finding> changed = new HashMap<>();
        for (Finding finding : evaluation.findings()) {
            RegisterId register = finding.register();
            if (register == null) {
                continue;
            }
            if (finding.kind() == FindingKind.HIDDEN_ON_SOURCE
                    || finding.kind() == FindingKind.HIDDEN_ON_DESTINATION
                    || finding.kind() == FindingKind.ABSENT) {
                notTravelled.add(register);
            } else if (finding.kind() == FindingKind.VALUE_CHANGED) {
                changed.put(register, finding);
            }
        }
        RegisterList.Builder builder = RegisterList.builder();
        for (RegisterId register : own.ids()) {
            OptionalLong value = own.valueOf(register);
            if (!notTravelled.contains(register) && carried.contains(register)) {
                OptionalLong reset = value;
                value = carried.valueOf(register);
                Finding finding = changed.get(register);
                ValueRule rule = finding == null ? null : finding.rule();
                if (rule != null && value.isPresent() && reset.isPresent()) {
                    value = OptionalLong.of(rule.carriedAs(register, value.getAsLong(), reset.getAsLong()));
                }
            }
            if (value.isPresent()) {
                builder.add(register, value.getAsLong());
            } else {
                builder.add(register);
            }
        }
        return builder.build();
    }
}
