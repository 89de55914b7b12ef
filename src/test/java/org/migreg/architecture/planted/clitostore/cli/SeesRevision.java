package org.migreg.architecture.planted.clitostore.cli;

import org.migreg.architecture.planted.clitostore.revision.Revision;

@Revision
interface SeesRevision {}
