package org.migreg.accountstore;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.migreg.access.NamePattern;
import org.migreg.access.Role;

/** Somebody, or a machine, that tokens are made for. */
@Entity
@Table(name = "account")
class AccountEntity {

    @Id
    @Column(length = 100)
    private String name;

    @Column(nullable = false, length = 20)
    private String role;

    @Column(length = NamePattern.LONGEST)
    private @Nullable String machineTypes;

    @Column(length = NamePattern.LONGEST)
    private @Nullable String hosts;

    @Column(nullable = false)
    private boolean speaksForOthers;

    @Column(nullable = false, length = AccountDefinition.LONGEST_DESCRIPTION)
    private String description;

    @Column(nullable = false)
    private Instant createdAt;

    @Column(nullable = false, length = 200)
    private String createdBy;

    @Column(nullable = false)
    private long version;

    /** For Hibernate, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    protected AccountEntity() {}

    @SuppressWarnings("NullAway.Init") // Set by define.
    AccountEntity(AccountDefinition definition, Instant createdAt, String createdBy, long version) {
        this.name = definition.name();
        this.createdAt = createdAt;
        this.createdBy = createdBy;
        define(definition, version);
    }

    final void define(AccountDefinition definition, long changedBy) {
        role = definition.role().name();
        machineTypes = definition.machineTypes() == null
                ? null
                : definition.machineTypes().text();
        hosts = definition.hosts() == null ? null : definition.hosts().text();
        speaksForOthers = definition.speaksForOthers();
        description = definition.description();
        version = changedBy;
    }

    String name() {
        return name;
    }

    long version() {
        return version;
    }

    Account toAccount(List<AccountToken> tokens) {
        return new Account(
                new AccountDefinition(
                        name,
                        Objects.requireNonNull(Role.of(role).orElse(null), "a role of this version"),
                        machineTypes == null ? null : new NamePattern(machineTypes),
                        hosts == null ? null : new NamePattern(hosts),
                        speaksForOthers,
                        description),
                createdAt,
                createdBy,
                version,
                tokens);
    }
}
