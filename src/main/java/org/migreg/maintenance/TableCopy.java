package org.migreg.maintenance;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Copies all tables, with their history, from one database into another of the same schema whose tables are as the
 * migrations made them. In one transaction: all of it is there in the end, or none.
 */
final class TableCopy {

    private static final int AT_ONCE = 500;
    /** What the other database has of its own: its history of migrations, and who is signed in there. */
    private static final Set<String> OF_ITS_OWN =
            Set.of("flyway_schema_history", "spring_session", "spring_session_attributes");

    /** Filled by the migrations themselves; its rows are replaced. */
    private static final Set<String> WITH_ROWS = Set.of("registry_head", "access_state");

    private final Connection from;
    private final Connection to;

    TableCopy(Connection from, Connection to) {
        this.from = from;
        this.to = to;
    }

    /** How many rows each table has now. */
    Map<String, Long> copy() throws SQLException {
        List<String> tables = parentsFirst();
        requireEmpty(tables);
        try (Statement statement = to.createStatement()) {
            for (String filled : WITH_ROWS) {
                statement.execute("delete from " + filled);
            }
        }
        Map<String, Long> rows = new TreeMap<>();
        for (String table : tables) {
            rows.put(table, copy(table));
        }
        for (String sequence : sequences()) {
            restart(sequence);
        }
        for (String table : tables) {
            requireEqual(table);
        }
        return rows;
    }

    private List<String> parentsFirst() throws SQLException {
        Map<String, Set<String>> parents = new TreeMap<>();
        DatabaseMetaData metaData = from.getMetaData();
        try (Statement statement = from.createStatement();
                ResultSet tables = statement.executeQuery(
                        "select table_name from information_schema.tables where table_schema = current_schema")) {
            while (tables.next()) {
                if (!OF_ITS_OWN.contains(tables.getString(1))) {
                    parents.put(tables.getString(1), new TreeSet<>());
                }
            }
        }
        for (Map.Entry<String, Set<String>> table : parents.entrySet()) {
            try (ResultSet keys = metaData.getImportedKeys(null, from.getSchema(), table.getKey())) {
                while (keys.next()) {
                    table.getValue().add(keys.getString("PKTABLE_NAME"));
                }
            }
            table.getValue().remove(table.getKey());
        }
        Set<String> ordered = new LinkedHashSet<>();
        while (ordered.size() < parents.size()) {
            Set<String> next = parents.entrySet().stream()
                    .filter(table -> !ordered.contains(table.getKey()) && ordered.containsAll(table.getValue()))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toCollection(TreeSet::new));
            if (next.isEmpty()) {
                throw new IllegalStateException("tables refer to each other in a circle: " + parents);
            }
            ordered.addAll(next);
        }
        return List.copyOf(ordered);
    }

    private void requireEmpty(List<String> tables) throws SQLException {
        for (String table : tables) {
            if (!WITH_ROWS.contains(table)) {
                try (Statement statement = to.createStatement();
                        ResultSet row = statement.executeQuery("select 1 from " + table + " limit 1")) {
                    if (row.next()) {
                        throw new MaintenanceException("the other database is not empty: there are rows in " + table
                                + ". Give it one of its own");
                    }
                }
            }
        }
    }

    private List<String> columns(String table) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (ResultSet found = from.getMetaData().getColumns(null, from.getSchema(), table, "%")) {
            while (found.next()) {
                columns.add(found.getString("COLUMN_NAME"));
            }
        }
        return columns;
    }

    private long copy(String table) throws SQLException {
        List<String> columns = columns(table);
        String insert = "insert into " + table + " (" + String.join(", ", columns) + ") values ("
                + columns.stream().map(column -> "?").collect(Collectors.joining(", ")) + ")";
        long rows = 0;
        try (Statement reading = from.createStatement();
                PreparedStatement writing = to.prepareStatement(insert)) {
            reading.setFetchSize(AT_ONCE);
            try (ResultSet row = reading.executeQuery("select " + String.join(", ", columns) + " from " + table)) {
                while (row.next()) {
                    for (int column = 1; column <= columns.size(); column++) {
                        writing.setObject(column, row.getObject(column));
                    }
                    writing.addBatch();
                    if (++rows % AT_ONCE == 0) {
                        writing.executeBatch();
                    }
                }
            }
            writing.executeBatch();
        }
        return rows;
    }

    private List<String> sequences() throws SQLException {
        List<String> sequences = new ArrayList<>();
        try (Statement statement = from.createStatement();
                ResultSet found = statement.executeQuery(
                        "select sequence_name from information_schema.sequences where sequence_schema = current_schema")) {
            while (found.next()) {
                sequences.add(found.getString(1));
            }
        }
        return sequences;
    }

    /** Goes on behind the last number that may have been given out. */
    private void restart(String sequence) throws SQLException {
        try (Statement reading = from.createStatement();
                ResultSet next = reading.executeQuery("select next value for " + sequence);
                Statement writing = to.createStatement()) {
            next.next();
            writing.execute("alter sequence " + sequence + " restart with " + next.getLong(1));
        }
    }

    /** Reads both again, whichever order the rows come in. */
    private void requireEqual(String table) throws SQLException {
        List<String> columns = columns(table);
        if (!digest(from, table, columns).equals(digest(to, table, columns))) {
            throw new MaintenanceException(
                    "what was copied of " + table + " is not what there was; nothing is kept of it");
        }
    }

    private static Map<Integer, Integer> digest(Connection connection, String table, List<String> columns)
            throws SQLException {
        Map<Integer, Integer> rows = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(AT_ONCE);
            try (ResultSet row = statement.executeQuery("select " + String.join(", ", columns) + " from " + table)) {
                while (row.next()) {
                    List<@Nullable Object> values = new ArrayList<>();
                    for (int column = 1; column <= columns.size(); column++) {
                        values.add(comparable(row, column));
                    }
                    rows.merge(Objects.hash(values.toArray()), 1, Integer::sum);
                }
            }
        }
        return rows;
    }

    /** The databases' drivers have types of their own for times, numbers and bytes. */
    private static @Nullable Object comparable(ResultSet row, int column) throws SQLException {
        Object value = row.getObject(column);
        return switch (value) {
            case null -> null;
            case byte[] bytes -> java.util.Arrays.hashCode(bytes);
            case Number number -> number.longValue();
            case OffsetDateTime time -> time.toInstant();
            case java.sql.Timestamp ignored ->
                row.getObject(column, OffsetDateTime.class).toInstant();
            case java.sql.Blob blob -> java.util.Arrays.hashCode(blob.getBytes(1, (int) blob.length()));
            case java.sql.Clob clob -> clob.getSubString(1, (int) clob.length());
            default -> value;
        };
    }
}
