package org.migreg.architecture.planted.impure.format;

interface SeesDatabase {
    java.sql.Connection connection();
}
