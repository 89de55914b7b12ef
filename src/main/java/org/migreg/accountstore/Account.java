package org.migreg.accountstore;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.migreg.access.Caller;

/**
 * Somebody, or a machine, that tokens are made for.
 *
 * @param version of its definition; 1 and up
 * @param tokens the newest first, those that ended not longer than {@value AccountStore#DAYS_ENDED_TOKENS_ARE_SHOWN} days
 *     ago among them
 */
public record Account(
        AccountDefinition definition, Instant createdAt, String createdBy, long version, List<AccountToken> tokens) {

    public Account {
        tokens = List.copyOf(tokens);
    }

    public String name() {
        return definition.name();
    }

    Caller caller() {
        return new Caller(
                definition.name(),
                Set.of(definition.role()),
                definition.machineTypes(),
                definition.hosts(),
                definition.speaksForOthers());
    }
}
