package org.migreg.architecture.planted.impure.policy;

import io.github.nscuro.versatile.Vers;

interface VersionLibrary {
    Vers range();
}
