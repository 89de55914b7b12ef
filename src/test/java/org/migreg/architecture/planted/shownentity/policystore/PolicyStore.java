package org.migreg.architecture.planted.shownentity.policystore;

import java.util.List;
import java.util.Map;

public abstract class PolicyStore {

    protected TableEntity newest;

    public abstract Map<String, List<TableEntity>> tables();

    public abstract void save(TableEntity table);

    abstract TableEntity hidden();
}
