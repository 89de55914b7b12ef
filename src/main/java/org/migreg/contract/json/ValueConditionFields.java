package org.migreg.contract.json;

import io.swagger.v3.oas.annotations.media.Schema;
import org.migreg.policy.ValueCondition;
import org.migreg.register.RegisterValue;

/** When losing a register's state, tolerated or hidden, is safe, as JSON has it. */
@Schema(
        name = "ValueCondition",
        description = "When losing a register's state, tolerated or hidden, is safe: value AND mask equals expected.")
public record ValueConditionFields(
        @Schema(example = "0xffffffffffffffff") @Required("the bits that matter, such as 0xffffffffffffffff")
        RegisterValue mask,

        @Schema(example = "0x0") @Required("what they must be, such as 0x0")
        RegisterValue expected) {

    static ValueConditionFields of(ValueCondition condition) {
        return new ValueConditionFields(new RegisterValue(condition.mask()), new RegisterValue(condition.expected()));
    }

    ValueCondition toDomain() {
        return new ValueCondition(mask.bits(), expected.bits());
    }
}
