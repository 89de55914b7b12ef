package org.migreg.access;

import java.io.Serializable;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who has shown who he is.
 *
 * @param name what revisions say; 1 to 200 characters
 * @param roles what he may do is what any of them may
 * @param machineTypes those that he may write; null for all
 * @param hosts those of which he may record something; null for all
 * @param speaksForOthers whether he is believed when he names somebody else as the author of a write
 */
public record Caller(
        String name,
        Set<Role> roles,
        @Nullable NamePattern machineTypes,
        @Nullable NamePattern hosts,
        boolean speaksForOthers)
        implements Serializable {

    public Caller {
        roles = Set.copyOf(roles);
    }

    /** An administrator, who may do everything. */
    public static Caller administrator(String name) {
        return new Caller(name, Set.of(Role.ADMIN), null, null, true);
    }

    public boolean may(Permission permission) {
        return roles.stream().anyMatch(permission.roles()::contains);
    }

    public boolean mayWriteMachineType(String machineType) {
        return machineTypes == null || machineTypes.fits(machineType);
    }

    public boolean mayRecordHost(String host) {
        return hosts == null || hosts.fits(host);
    }
}
