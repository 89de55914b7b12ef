package org.migreg.registry.publication;

/** Which machine types whoever is writing may write. */
@FunctionalInterface
public interface WritersScope {

    /**
     * @throws OutOfScopeException where this is none of his
     */
    void require(String machineType);
}
