package org.migreg.architecture.planted.registrytocontract.registry;

import org.migreg.architecture.planted.registrytocontract.contract.CheckBody;

final class SeesContract {
    Class<?> type() {
        return CheckBody.class;
    }
}
