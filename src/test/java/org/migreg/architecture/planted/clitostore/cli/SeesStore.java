package org.migreg.architecture.planted.clitostore.cli;

import org.migreg.architecture.planted.clitostore.policystore.PolicyStore;

interface SeesStore extends PolicyStore {}
