package org.migreg.architecture.planted.shownentity.policystore;

import java.util.function.Supplier;

public interface Tables extends Supplier<TableEntity> {}
