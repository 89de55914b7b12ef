package org.migreg.expectationstore;

import jakarta.persistence.EntityManager;
import java.util.Comparator;
import java.util.List;
import org.migreg.evaluation.Expectation;
import org.migreg.evaluation.LoadBehaviour;
import org.migreg.history.Change;
import org.migreg.history.RevisionKind;
import org.migreg.question.expectation.ExpectationSet;
import org.migreg.question.expectation.StoredExpectation;
import org.migreg.revision.ChangeSource;
import org.migreg.revision.ChangedRows;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The expectations of every revision in the database. */
@Component
record ExpectationArchive(ExpectationVersionRepository versions, EntityManager entityManager) implements ChangeSource {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** The expectations as of a revision that has been written, or 0. */
    ExpectationSet read(long revision) {
        return new ExpectationSet(
                revision,
                versions.inForceAt(revision).stream()
                        .map(ExpectationVersionEntity::toExpectation)
                        .sorted(Comparator.comparingLong(StoredExpectation::id))
                        .toList());
    }

    long nextId() {
        Long highest = versions.highestId();
        return highest == null ? 1 : highest + 1;
    }

    /** Ends what the expectation says; within the transaction of the revision. */
    void end(long id, long revision) {
        versions.end(id, revision);
    }

    /** Begins what the expectation says from now on; within the transaction of the revision. */
    void begin(StoredExpectation stored) {
        entityManager.persist(new ExpectationVersionEntity(stored));
    }

    @Override
    public RevisionKind kind() {
        return RevisionKind.EXPECTATIONS;
    }

    @Override
    public List<Change> changes(long revision) {
        ChangedRows<Long> rows = new ChangedRows<>();
        versions.endedBy(revision).forEach(row -> rows.add(row.id(), false, text(row.toExpectation())));
        versions.begunBy(revision).forEach(row -> rows.add(row.id(), true, text(row.toExpectation())));
        return rows.of(Change.Subject.EXPECTATION);
    }

    /** As JSON on one line, members always in the same order. */
    private static String text(StoredExpectation stored) {
        Expectation expectation = stored.expectation();
        ObjectNode object = JSON.createObjectNode();
        object.put("id", stored.id());
        object.put("machineType", expectation.machineType());
        object.put("sourceKernels", expectation.from().toString());
        object.put("destinationKernels", expectation.to().toString());
        object.put("cpuModel", expectation.cpuModel());
        object.put("back", expectation.back());
        object.put("loadBehaviour", expectation.loadBehaviour().apiName());
        object.put(
                "tolerancesFromTable",
                expectation.loadBehaviour() instanceof LoadBehaviour.Tolerances tolerances && tolerances.fromTable());
        object.put("sourceXMigProperties", expectation.sourceXMigProperties());
        object.put("required", expectation.required().name());
        object.put("description", stored.description());
        return JSON.writeValueAsString(object);
    }
}
