package org.migreg.expectationstore;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;
import org.migreg.evaluation.Expectation;
import org.migreg.evaluation.LoadBehaviour;
import org.migreg.hostkernel.KernelRange;
import org.migreg.question.expectation.StoredExpectation;
import org.migreg.revision.DamagedDataException;

/** What an expectation was from one revision up to, not including, another. */
@Entity
@Table(name = "expectation_version")
class ExpectationVersionEntity {

    @Embeddable
    record Key(long expectationId, long validFrom) {}

    @EmbeddedId
    private Key key;

    @SuppressWarnings("UnusedVariable") // queries read it
    private @Nullable Long validTo;

    @Column(nullable = false, length = 64)
    private String machineType;

    @Column(nullable = false, length = 1060)
    private String fromKernels;

    @Column(nullable = false, length = 1060)
    private String toKernels;

    @Column(length = 100)
    private @Nullable String cpuModel;

    @Column(nullable = false)
    private boolean back;

    @Column(nullable = false, length = 32)
    private String loadBehaviour;

    @Column(nullable = false)
    private boolean tolerancesFromTable;

    @Column(name = "source_x_mig_properties", nullable = false)
    private boolean sourceXMigProperties;

    @Column(nullable = false, length = 32)
    private String required;

    @Column(nullable = false, length = StoredExpectation.LONGEST_DESCRIPTION)
    private String description;

    /** For Hibernate, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    protected ExpectationVersionEntity() {}

    ExpectationVersionEntity(StoredExpectation stored) {
        Expectation expectation = stored.expectation();
        this.key = new Key(stored.id(), stored.revision());
        this.machineType = expectation.machineType();
        this.fromKernels = expectation.from().toString();
        this.toKernels = expectation.to().toString();
        this.cpuModel = expectation.cpuModel();
        this.back = expectation.back();
        this.loadBehaviour = expectation.loadBehaviour().apiName();
        this.tolerancesFromTable =
                expectation.loadBehaviour() instanceof LoadBehaviour.Tolerances tolerances && tolerances.fromTable();
        this.sourceXMigProperties = expectation.sourceXMigProperties();
        this.required = expectation.required().name();
        this.description = stored.description();
    }

    StoredExpectation toExpectation() {
        return DamagedDataException.reading(() -> "expectation " + id() + " of revision " + validFrom(), this::read);
    }

    private StoredExpectation read() {
        LoadBehaviour behaviour =
                tolerancesFromTable ? new LoadBehaviour.Tolerances(true) : LoadBehaviour.parse(loadBehaviour);
        return new StoredExpectation(
                key.expectationId(),
                new Expectation(
                        machineType,
                        KernelRange.parse(fromKernels),
                        KernelRange.parse(toKernels),
                        cpuModel,
                        back,
                        behaviour,
                        sourceXMigProperties,
                        Expectation.Requirement.valueOf(required)),
                description,
                key.validFrom());
    }

    long id() {
        return key.expectationId();
    }

    long validFrom() {
        return key.validFrom();
    }
}
