package org.migreg.architecture.planted.inorder.format.json;

import org.migreg.architecture.planted.inorder.policy.PolicyTable;
import tools.jackson.databind.JsonNode;

public interface TableReader {
    PolicyTable read(JsonNode node);
}
