package org.migreg.architecture.planted.contractupward.contract;

import org.migreg.architecture.planted.contractupward.revision.RevisionLog;

final class SeesRevision {
    Class<?> type() {
        return RevisionLog.class;
    }
}
