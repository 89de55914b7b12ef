package org.migreg.architecture.planted.cycle.policystore.one;

import org.migreg.architecture.planted.cycle.policystore.two.Second;

public interface First {
    Second second();
}
