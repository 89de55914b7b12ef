package org.migreg.contract.json;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.migreg.hostkernel.KernelRange;
import org.migreg.policy.ValueCondition;

/**
 * A domain value that JSON has as an object.
 *
 * @param type the value's type
 * @param parts the record of the object's fields
 */
public record DomainObject<T, P>(Class<T> type, Class<P> parts, Function<P, T> reader, Function<T, P> writer) {

    /** Every type of value that is read so. */
    public static final List<DomainObject<?, ?>> ALL = List.of(
            new DomainObject<>(
                    KernelRange.class, KernelRangeFields.class, KernelRangeFields::toDomain, KernelRangeFields::of),
            new DomainObject<>(
                    ValueCondition.class,
                    ValueConditionFields.class,
                    ValueConditionFields::toDomain,
                    ValueConditionFields::of));

    /** How values of the type are read; null where they are no such objects. */
    public static @Nullable DomainObject<?, ?> of(Class<?> type) {
        for (DomainObject<?, ?> object : ALL) {
            if (object.type() == type) {
                return object;
            }
        }
        return null;
    }

    T read(Object fields) {
        return reader.apply(parts.cast(fields));
    }
}
