package org.migreg.architecture.planted.contracttocheck.contract;

import org.migreg.architecture.planted.contracttocheck.check.Check;

final class SeesCheck {
    Class<?> type() {
        return Check.class;
    }
}
