package org.migreg.architecture.planted.impure.evaluation;

import org.migreg.architecture.planted.impure.format.Reader;

interface OwnUpperRoom {
    Reader reader();
}
