package org.migreg.architecture.planted.contractupward.contract;

import org.migreg.architecture.planted.contractupward.registry.Check;

final class SeesRegistry {
    Class<?> type() {
        return Check.class;
    }
}
