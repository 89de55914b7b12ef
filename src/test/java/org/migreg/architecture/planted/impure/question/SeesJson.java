package org.migreg.architecture.planted.impure.question;

import tools.jackson.databind.JsonNode;

interface SeesJson {
    JsonNode answer();
}
