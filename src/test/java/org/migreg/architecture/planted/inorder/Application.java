package org.migreg.architecture.planted.inorder;

import org.migreg.architecture.planted.inorder.policystore.PolicyStore;

interface Application {
    PolicyStore store();
}
