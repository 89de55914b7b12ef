package org.migreg.contract.table;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.swagger.v3.oas.annotations.media.Schema;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.entry.EntryBody;
import org.migreg.contract.json.Required;
import org.migreg.policy.change.TableEdit;

/** One edit of the tables as a client gives it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "op")
@JsonSubTypes({
    @JsonSubTypes.Type(name = "add", value = EditBody.Add.class),
    @JsonSubTypes.Type(name = "replace", value = EditBody.Replace.class),
    @JsonSubTypes.Type(name = "delete", value = EditBody.Delete.class),
    @JsonSubTypes.Type(name = "putMachineType", value = EditBody.PutMachineType.class),
    @JsonSubTypes.Type(name = "deleteMachineType", value = EditBody.DeleteMachineType.class)
})
@Schema(name = "TableEdit", description = "The first three are about entries.")
public sealed interface EditBody {

    String MACHINE_TYPE = "a machine type, such as virt-10.2";

    TableEdit toDomain();

    /** The edit as a client would give it. */
    static EditBody of(TableEdit edit) {
        return switch (edit) {
            case TableEdit.AddEntry(var entry) -> new Add(entry.machineType(), EntryBody.of(entry));
            case TableEdit.ReplaceEntry(var id, var entry) -> new Replace(entry.machineType(), id, EntryBody.of(entry));
            case TableEdit.DeleteEntry(var name, var id) -> new Delete(name, id);
            case TableEdit.PutMachineType(var type) -> new PutMachineType(type.name(), MachineTypeBody.of(type));
            case TableEdit.DeleteMachineType(var name) -> new DeleteMachineType(name);
        };
    }

    /** Adds an entry, which gets its id when it is stored. */
    @Schema(name = "AddEntryEdit")
    record Add(
            @Schema(example = "virt-10.2") @Required(MACHINE_TYPE)
            String machineType,

            @Required("the entry to add") EntryBody entry)
            implements EditBody {
        @Override
        public TableEdit toDomain() {
            return new TableEdit.AddEntry(entry.toDomain(machineType));
        }
    }

    /** Replaces an entry. */
    @Schema(name = "ReplaceEntryEdit")
    record Replace(
            @Schema(example = "virt-10.2") @Required(MACHINE_TYPE)
            String machineType,

            @Required("the id of the entry") Long id,
            @Required("the entry to replace it by") EntryBody entry)
            implements EditBody {
        @Override
        public TableEdit toDomain() {
            return new TableEdit.ReplaceEntry(id, entry.toDomain(machineType));
        }
    }

    /** Deletes an entry. */
    @Schema(name = "DeleteEntryEdit")
    record Delete(
            @Schema(example = "virt-10.2") @Required(MACHINE_TYPE)
            String machineType,

            @Required("the id of the entry") Long id)
            implements EditBody {
        @Override
        public TableEdit toDomain() {
            return new TableEdit.DeleteEntry(machineType, id);
        }
    }

    /** Makes a machine type, or replaces the one of its name; its entries stay. */
    @Schema(name = "PutMachineTypeEdit")
    record PutMachineType(
            @Schema(example = "virt-10.2") @Required(MACHINE_TYPE)
            String machineType,

            @Schema(description = "What it shall be; its name may be left out.")
            @Required("what the machine type shall be")
            MachineTypeBody definition)
            implements EditBody {
        public PutMachineType {
            // Refused where it stands, with all else that is wrong.
            try {
                definition = MachineTypeBody.of(definition.toDomain(machineType));
            } catch (InvalidFieldException refused) {
                throw refused.below("definition");
            }
        }

        @Override
        public TableEdit toDomain() {
            return new TableEdit.PutMachineType(definition.toDomain(machineType));
        }
    }

    /** Deletes a machine type and its entries. */
    @Schema(name = "DeleteMachineTypeEdit")
    record DeleteMachineType(
            @Schema(example = "virt-10.2") @Required(MACHINE_TYPE)
            String machineType) implements EditBody {
        @Override
        public TableEdit toDomain() {
            return new TableEdit.DeleteMachineType(machineType);
        }
    }
}
