package org.migreg.architecture.planted.impure.evaluation;

import org.migreg.architecture.planted.impure.revision.Reader;

interface OwnUpperRoom {
    Reader reader();
}
