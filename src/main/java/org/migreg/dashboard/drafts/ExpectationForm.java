package org.migreg.dashboard.drafts;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.expectation.ExpectationBody;
import org.migreg.contract.json.DomainModule;
import org.migreg.evaluation.Expectation;
import org.migreg.evaluation.LoadBehaviour;
import org.migreg.question.expectation.StoredExpectation;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

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

    static ExpectationForm of(StoredExpectation stored) {
        Expectation expectation = stored.expectation();
        return new ExpectationForm(
                expectation.machineType(),
                expectation.from().kernelStream().toString(),
                expectation.from().constraints(),
                expectation.to().kernelStream().toString(),
                expectation.to().constraints(),
                expectation.cpuModel(),
                expectation.back(),
                expectation.required().name(),
                expectation.loadBehaviour().apiName(),
                expectation.loadBehaviour() instanceof LoadBehaviour.Tolerances tolerances && tolerances.fromTable()
                        ? "TABLE"
                        : null,
                expectation.sourceXMigProperties(),
                stored.description(),
                null,
                stored.revision());
    }

    /** @throws org.migreg.contract.InvalidFieldException where it is none */
    ExpectationBody toBody() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("machineType", nullIfBlank(machineType));
        body.putObject("sourceKernels").put("stream", nullIfBlank(fromStream)).put("range", nullIfBlank(fromRange));
        body.putObject("destinationKernels")
                .put("stream", nullIfBlank(toStream))
                .put("range", nullIfBlank(toRange));
        body.put("cpuModel", nullIfBlank(cpuModel));
        body.put("back", Objects.equals(back, true));
        body.put("loadBehaviour", nullIfBlank(loadBehaviour));
        if (LoadBehaviour.Spec.TOLERANCES.name().equals(loadBehaviour)) {
            body.put("tolerances", nullIfBlank(tolerances));
        }
        body.put("sourceXMigProperties", sourceXMigProperties);
        body.put("required", nullIfBlank(required));
        body.put("description", description == null ? "" : description.strip().replace("\r\n", "\n"));
        return DomainModule.read(body, ExpectationBody.class);
    }

    private static @Nullable String nullIfBlank(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
