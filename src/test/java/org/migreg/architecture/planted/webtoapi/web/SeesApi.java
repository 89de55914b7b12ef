package org.migreg.architecture.planted.webtoapi.web;

import org.migreg.architecture.planted.webtoapi.api.CheckController;

final class SeesApi {
    Class<?> type() {
        return CheckController.class;
    }
}
