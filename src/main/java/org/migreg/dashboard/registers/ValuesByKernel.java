package org.migreg.dashboard.registers;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.Capture;
import org.migreg.capture.StoredCapture;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.register.BitField;
import org.migreg.register.Hex;
import org.migreg.register.RegisterFields;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterValue;

/**
 * What a register holds on hosts of one kind, side by side: kernels with one value share a column.
 *
 * @param kinds the kinds of hosts whose captures have a value, to choose from
 * @param kind the chosen one; null where no capture has a value
 * @param columns different values, at most {@value #MOST_COLUMNS}, in the order of the first kernel of each
 * @param fields the rows below the value; empty where the register's fields have no names
 * @param moreValues how many different values are not shown
 */
public record ValuesByKernel(
        List<String> kinds, @Nullable String kind, List<Column> columns, List<Row> fields, int moreValues) {

    private static final int MOST_COLUMNS = 12;

    /** Kernels that have one value. */
    public record Column(RegisterValue value, List<String> kernels) {}

    /**
     * A field and what each column has in it.
     *
     * @param differs whether the columns disagree
     */
    public record Row(BitField field, List<Cell> cells, boolean differs) {}

    /**
     * The part of one value that is a field's.
     *
     * @param odd whether it is not what most kernels have
     */
    public record Cell(String hex, boolean odd) {}

    static ValuesByKernel of(RegisterId id, List<StoredCapture> captures, @Nullable String wanted) {
        Map<String, Map<KernelRelease, Long>> byKind = new TreeMap<>();
        for (StoredCapture stored : captures) {
            Capture capture = stored.capture();
            KernelRelease kernel = capture.kernel();
            OptionalLong value = capture.registers().valueOf(id);
            if (kernel != null && value.isPresent()) {
                byKind.computeIfAbsent(kind(capture), first -> new TreeMap<>(KernelRelease.LISTING_ORDER))
                        .putIfAbsent(kernel, value.getAsLong());
            }
        }
        List<String> kinds = List.copyOf(byKind.keySet());
        String kind = wanted != null && byKind.containsKey(wanted) ? wanted : usual(byKind);
        if (kind == null) {
            return new ValuesByKernel(kinds, null, List.of(), List.of(), 0);
        }
        Map<Long, List<String>> byValue = new LinkedHashMap<>();
        byKind.getOrDefault(kind, Map.of())
                .forEach((kernel, value) -> byValue.computeIfAbsent(value, first -> new ArrayList<>())
                        .add(kernel.text()));
        List<Column> columns = byValue.entrySet().stream()
                .limit(MOST_COLUMNS)
                .map(entry -> new Column(new RegisterValue(entry.getKey()), entry.getValue()))
                .toList();
        return new ValuesByKernel(kinds, kind, columns, rows(id, columns), byValue.size() - columns.size());
    }

    /** What {@code -cpu host} asks for goes first, then the kind with the most kernels. */
    private static @Nullable String usual(Map<String, Map<KernelRelease, Long>> byKind) {
        return byKind.entrySet().stream()
                .max(Comparator.comparingInt(
                        entry -> entry.getValue().size() + (entry.getKey().endsWith(" qemu-host") ? 1_000_000 : 0)))
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    private static String kind(Capture capture) {
        return (capture.cpuModel() == null ? "unknown-cpu" : capture.cpuModel()) + " " + capture.accelerator()
                + (capture.vcpuFeatureSet() == null ? "" : " " + capture.vcpuFeatureSet());
    }

    private static List<Row> rows(RegisterId id, List<Column> columns) {
        return RegisterFields.fieldsOf(id).stream()
                .map(field -> row(field, columns))
                .toList();
    }

    private static Row row(BitField field, List<Column> columns) {
        Map<Long, Integer> kernels = new HashMap<>();
        for (Column column : columns) {
            kernels.merge(field.of(column.value().bits()), column.kernels().size(), Integer::sum);
        }
        long usual = kernels.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(0L);
        return new Row(
                field,
                columns.stream()
                        .map(column -> field.of(column.value().bits()))
                        .map(part -> new Cell(Hex.number(part), part != usual))
                        .toList(),
                kernels.size() > 1);
    }
}
