package org.migreg.contract.entry;

import static org.migreg.contract.InvalidFieldException.reading;
import static org.migreg.contract.InvalidFieldException.required;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.migreg.policy.ValueCondition;
import org.migreg.register.RegisterValue;

/** When losing a register's state, tolerated or hidden, is safe: value AND mask equals expected. */
@Schema(name = "ValueCondition")
public record ConditionBody(
        @Schema(example = "0xffffffffffffffff", requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String mask,

        @Schema(example = "0x0", requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String expected) {

    public static @Nullable ConditionBody of(@Nullable ValueCondition condition) {
        return condition == null
                ? null
                : new ConditionBody(
                        new RegisterValue(condition.mask()).toString(),
                        new RegisterValue(condition.expected()).toString());
    }

    ValueCondition toDomain(String field) {
        String givenMask = required(field + ".mask", mask, "the bits that matter, such as 0xffffffffffffffff");
        String givenExpected = required(field + ".expected", expected, "what they must be, such as 0x0");
        long maskBits = reading(field + ".mask", givenMask, () -> RegisterValue.parse(givenMask))
                .bits();
        long expectedBits = reading(field + ".expected", givenExpected, () -> RegisterValue.parse(givenExpected))
                .bits();
        return reading(field, givenMask + ", " + givenExpected, () -> new ValueCondition(maskBits, expectedBits));
    }
}
