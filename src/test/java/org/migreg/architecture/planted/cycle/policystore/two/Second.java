package org.migreg.architecture.planted.cycle.policystore.two;

import org.migreg.architecture.planted.cycle.policystore.one.First;

public interface Second {
    First first();
}
