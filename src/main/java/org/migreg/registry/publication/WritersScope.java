package org.migreg.registry.publication;

import java.util.Collection;

/** Which machine types whoever is writing may write. */
@FunctionalInterface
public interface WritersScope {

    /**
     * @throws OutOfScopeException naming the first that is none of his
     */
    void require(Collection<String> machineTypes);
}
