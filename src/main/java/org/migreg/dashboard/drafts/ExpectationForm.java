package org.migreg.dashboard.drafts;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.entry.KernelsBody;
import org.migreg.contract.expectation.ExpectationBody;
import org.migreg.evaluation.LoadBehaviour;

/**
 * An expectation as a form has it.
 *
 * @param back null where the box is not ticked: it is then not sent
 * @param tolerances whose table, where the load behaviour is TOLERANCES; else without a meaning
 * @param sourceXMigProperties null for true, as in a request
 * @param version the revision that last changed it when the form was opened; null for a new one
 */
public record ExpectationForm(
        @Nullable String machineType,
        @Nullable String fromStream,
        @Nullable String fromRange,
        @Nullable String toStream,
        @Nullable String toRange,
        @Nullable String cpuModel,
        @Nullable Boolean back,
        @Nullable String required,
        @Nullable String loadBehaviour,
        @Nullable String tolerances,
        @Nullable Boolean sourceXMigProperties,
        @Nullable String description,
        @Nullable String reason,
        @Nullable Long version) {

    /** What an empty form begins with. */
    static ExpectationForm blank() {
        return new ExpectationForm(null, null, "*", null, "*", null, true, null, null, null, true, null, null, null);
    }

    static ExpectationForm of(ExpectationBody body, long version) {
        KernelsBody from = Objects.requireNonNull(body.from());
        KernelsBody to = Objects.requireNonNull(body.to());
        return new ExpectationForm(
                body.machineType(),
                from.stream(),
                from.range(),
                to.stream(),
                to.range(),
                body.cpuModel(),
                body.back(),
                body.required(),
                body.loadBehaviour(),
                body.tolerances(),
                body.sourceXMigProperties(),
                body.description(),
                null,
                version);
    }

    ExpectationForm withVersion(long other) {
        return new ExpectationForm(
                machineType,
                fromStream,
                fromRange,
                toStream,
                toRange,
                cpuModel,
                back,
                required,
                loadBehaviour,
                tolerances,
                sourceXMigProperties,
                description,
                reason,
                other);
    }

    ExpectationBody toBody() {
        return new ExpectationBody(
                nullIfBlank(machineType),
                new KernelsBody(nullIfBlank(fromStream), nullIfBlank(fromRange)),
                new KernelsBody(nullIfBlank(toStream), nullIfBlank(toRange)),
                nullIfBlank(cpuModel),
                Objects.equals(back, true),
                nullIfBlank(loadBehaviour),
                LoadBehaviour.Spec.TOLERANCES.name().equals(loadBehaviour) ? nullIfBlank(tolerances) : null,
                sourceXMigProperties,
                nullIfBlank(required),
                description == null ? "" : description.strip().replace("\r\n", "\n"));
    }

    private static @Nullable String nullIfBlank(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
