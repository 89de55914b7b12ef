package org.migreg.policystore;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;
import org.migreg.hostkernel.KernelRange;
import org.migreg.hostkernel.KernelStream;
import org.migreg.policy.CompatProperty;
import org.migreg.policy.EntryContent;
import org.migreg.policy.PolicyEntry;
import org.migreg.policy.ValueCondition;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterValue;
import org.migreg.revision.DamagedDataException;

/** What an entry was from one revision up to, not including, another. */
@Entity
@Table(name = "policy_entry_version")
class PolicyEntryVersionEntity {

    @Embeddable
    record Key(long entryId, long validFrom) {}

    @EmbeddedId
    private Key key;

    @SuppressWarnings("UnusedVariable") // queries read it
    private @Nullable Long validTo;

    @Column(nullable = false, length = 64)
    private String machineType;

    @Column(nullable = false, length = 32)
    private String property;

    @Column(nullable = false, length = 18)
    private String registerId;

    @Column(nullable = false, length = 32)
    private String kernelStream;

    @Column(nullable = false, length = 1024)
    private String kernelRange;

    @Column(length = 18)
    private @Nullable String conditionMask;

    @Column(length = 18)
    private @Nullable String conditionExpected;

    @Column(nullable = false, length = 4000)
    private String rationale;

    @Column(nullable = false, length = 200_000)
    private String referenceTexts;

    /** For Hibernate, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    protected PolicyEntryVersionEntity() {}

    PolicyEntryVersionEntity(PolicyEntry entry, long validFrom) {
        ValueCondition condition = entry.condition();
        this.key = new Key(entry.id(), validFrom);
        this.machineType = entry.machineType();
        this.property = entry.property().toString();
        this.registerId = entry.register().toString();
        this.kernelStream = entry.kernels().kernelStream().toString();
        this.kernelRange = entry.kernels().constraints();
        this.conditionMask = condition == null ? null : new RegisterValue(condition.mask()).toString();
        this.conditionExpected = condition == null ? null : new RegisterValue(condition.expected()).toString();
        this.rationale = entry.rationale();
        this.referenceTexts = TableText.ofReferences(entry.references());
    }

    PolicyEntry toEntry() {
        return DamagedDataException.reading(() -> "entry " + entryId() + " of revision " + validFrom(), this::read);
    }

    private PolicyEntry read() {
        return new PolicyEntry(
                key.entryId(),
                new EntryContent(
                        machineType,
                        CompatProperty.parse(property),
                        RegisterId.parse(registerId),
                        KernelRange.parse(KernelStream.parse(kernelStream), kernelRange),
                        conditionMask == null || conditionExpected == null
                                ? null
                                : new ValueCondition(
                                        RegisterValue.parse(conditionMask).bits(),
                                        RegisterValue.parse(conditionExpected).bits()),
                        rationale,
                        TableText.references(referenceTexts)));
    }

    long entryId() {
        return key.entryId();
    }

    long validFrom() {
        return key.validFrom();
    }
}
