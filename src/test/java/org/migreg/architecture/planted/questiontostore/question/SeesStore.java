package org.migreg.architecture.planted.questiontostore.question;

import org.migreg.architecture.planted.questiontostore.policystore.PolicyStore;

final class SeesStore {
    Class<?> type() {
        return PolicyStore.class;
    }
}
