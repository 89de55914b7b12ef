package org.migreg.format.tablefile;

import java.io.StringWriter;
import org.migreg.policy.EntryContent;
import org.migreg.policy.ValueCondition;
import org.migreg.policy.change.ProposedTable;
import org.migreg.qemu.MachineType;
import tools.jackson.core.JsonGenerator;

/**
 * Writes table files: the same table gives the same text, and a small change a small difference.
 * Fields that say nothing (no parent, no condition, no references) are left out.
 */
public final class TableFileWriter {

    /** The value of {@code formatVersion} that is written, and the only one that is read. */
    public static final int FORMAT_VERSION = 1;

    private static final char NEXT_LINE = '\u0085';

    private TableFileWriter() {}

    /** The file, ended by a newline. */
    public static String write(ProposedTable table, TableFileFormat format) {
        StringWriter text = new StringWriter();
        boolean blocks = table.entries().stream()
                        .noneMatch(entry -> entry.rationale().indexOf(NEXT_LINE) >= 0
                                || entry.references().stream().anyMatch(one -> one.indexOf(NEXT_LINE) >= 0))
                && table.machineTypes().stream()
                        .noneMatch(machineType -> machineType.description().indexOf(NEXT_LINE) >= 0);
        try (JsonGenerator json = format.generator(text, blocks)) {
            json.writeStartObject();
            json.writeNumberProperty("formatVersion", FORMAT_VERSION);
            json.writeStringProperty("covers", table.covers().toString());
            json.writeArrayPropertyStart("machineTypes");
            for (MachineType machineType : table.machineTypes()) {
                writeMachineType(json, table, machineType);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.toString().stripTrailing() + "\n";
    }

    private static void writeMachineType(JsonGenerator json, ProposedTable table, MachineType machineType) {
        json.writeStartObject();
        json.writeStringProperty("name", machineType.name());
        json.writeStringProperty("architecture", machineType.architecture());
        if (machineType.inheritsFrom() != null) {
            json.writeStringProperty("inheritsFrom", machineType.inheritsFrom());
        }
        if (!machineType.description().isEmpty()) {
            json.writeStringProperty("description", machineType.description());
        }
        json.writeArrayPropertyStart("entries");
        for (EntryContent entry : table.entriesOf(machineType.name())) {
            writeEntry(json, entry);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeEntry(JsonGenerator json, EntryContent entry) {
        json.writeStartObject();
        json.writeStringProperty("property", entry.property().toString());
        json.writeStringProperty("register", entry.register().toString());
        json.writeStringProperty("name", entry.register().name());
        json.writeObjectPropertyStart("kernels");
        json.writeStringProperty("stream", entry.kernels().kernelStream().toString());
        json.writeStringProperty("range", entry.kernels().constraints());
        json.writeEndObject();
        ValueCondition condition = entry.condition();
        if (condition != null) {
            json.writeObjectPropertyStart("condition");
            json.writeStringProperty("mask", "0x" + Long.toHexString(condition.mask()));
            json.writeStringProperty("expected", "0x" + Long.toHexString(condition.expected()));
            json.writeEndObject();
        }
        json.writeStringProperty("rationale", entry.rationale());
        if (!entry.references().isEmpty()) {
            json.writeArrayPropertyStart("references");
            entry.references().forEach(json::writeString);
            json.writeEndArray();
        }
        json.writeEndObject();
    }
}
