package org.migreg.web.security;

import org.migreg.access.Caller;
import org.migreg.registry.publication.OutOfScopeException;
import org.migreg.registry.publication.WritersScope;
import org.migreg.web.SignedIn;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** What the account of the request at hand names; outside of requests, as when the starting data are written, everything. */
@Component
class CallersScope implements WritersScope {

    @Override
    public void require(String machineType) {
        Caller caller = SignedIn.caller(SecurityContextHolder.getContext().getAuthentication());
        if (caller != null && !caller.mayWriteMachineType(machineType)) {
            throw new OutOfScopeException(
                    "machineType",
                    machineType,
                    caller.name() + " may only write the machine types " + caller.machineTypes() + ", and this changes "
                            + machineType);
        }
    }
}
