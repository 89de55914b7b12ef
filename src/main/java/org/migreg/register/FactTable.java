package org.migreg.register;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A table of facts beside this class: lines of text under a header, columns apart by commas, remarks after {@code #}. */
public final class FactTable {

    private FactTable() {}

    /**
     * The rows below the header.
     *
     * @param resource beside this class, or from the root where it begins with a slash
     * @param header the first line that is no remark
     * @param columns of each row; only the last one may hold a comma
     * @throws IllegalStateException when the table is not in the jar, or is another than expected
     */
    public static List<String[]> read(String resource, String header, int columns) {
        List<String[]> rows = new ArrayList<>();
        try (InputStream content = FactTable.class.getResourceAsStream(resource)) {
            if (content == null) {
                throw new IllegalStateException(resource + " is not in the jar beside " + FactTable.class);
            }
            BufferedReader reader = new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8));
            boolean headed = false;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                if (!headed) {
                    if (!header.equals(line)) {
                        throw new IllegalStateException(resource + " has another header than expected: " + line);
                    }
                    headed = true;
                    continue;
                }
                String[] row = line.split(",", columns);
                if (row.length != columns) {
                    throw new IllegalStateException(
                            resource + " has a row of " + row.length + " columns, not " + columns + ": " + line);
                }
                rows.add(row);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return rows;
    }
}
