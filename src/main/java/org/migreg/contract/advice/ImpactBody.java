package org.migreg.contract.advice;

import static org.migreg.contract.InvalidFieldException.required;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.entry.EntryBody;
import org.migreg.contract.table.MachineTypeBody;
import org.migreg.evaluation.LoadBehaviour;
import org.migreg.policy.change.TableEdit;
import org.migreg.qemu.MachineType;
import tools.jackson.databind.JsonNode;

/** A change of the tables in question: a table file or edits, not both. */
@Schema(name = "ImpactRequest")
public record ImpactBody(
        @Schema(
                implementation = Object.class,
                types = {"object", "string", "null"},
                description = "A table file: the JSON form as an object, or the YAML form as a string.")
        @Nullable
        JsonNode table,

        @Schema(nullable = true, description = "With table: remove what the file covers and does not have.") @Nullable
        Boolean prune,

        @Schema(nullable = true, description = "Taken in order.") @Nullable
        List<EditBody> edits,

        @Schema(nullable = true, description = "Only these; every machine type where left out.") @Nullable
        List<String> machineTypes,

        @Schema(nullable = true, description = "Only hosts of this accelerator: kvm or tcg.") @Nullable
        String accelerator,

        @Schema(
                nullable = true,
                description = "What the destinations' QEMU does; X_MIG_PROPERTIES where left out.",
                implementation = LoadBehaviour.Spec.class)
        @Nullable
        String loadBehaviour,

        @Schema(nullable = true, description = "The version of an unpatched QEMU there, instead of loadBehaviour.")
        @Nullable
        String qemu,

        @Schema(
                nullable = true,
                allowableValues = {"UPSTREAM", "TABLE"})
        @Nullable
        String tolerances,

        @Schema(nullable = true, description = "Whether the sources' QEMU carries the properties; true where left out.")
        @Nullable
        Boolean sourceXMigProperties,

        @Schema(
                nullable = true,
                minimum = "1",
                maximum = "10000",
                description = "How many moves to list; 500 where left out.")
        @Nullable
        Integer limit) {

    public static final int USUAL_LIMIT = 500;
    public static final int GREATEST_LIMIT = 10_000;
    public static final int MOST_EDITS = 10_000;

    /** One edit. */
    @Schema(name = "TableEdit")
    public record EditBody(
            @Schema(
                    description = "The first three are about entries.",
                    allowableValues = {"add", "replace", "delete", "putMachineType", "deleteMachineType"},
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String op,

            @Schema(example = "virt-10.2", requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String machineType,

            @Schema(nullable = true, description = "Of the entry to replace or delete.") @Nullable
            Long id,

            @Schema(nullable = true, description = "What to add, or to replace it by.") @Nullable
            EntryBody entry,

            @Schema(nullable = true, description = "With putMachineType: what it shall be; its name may be left out.")
            @Nullable
            MachineTypeBody definition) {

        /** The edit as a client would give it. */
        public static EditBody of(TableEdit edit) {
            return switch (edit) {
                case TableEdit.PutMachineType(var type) ->
                    new EditBody("putMachineType", type.name(), null, null, MachineTypeBody.of(type));
                case TableEdit.DeleteMachineType(var name) -> new EditBody("deleteMachineType", name, null, null, null);
                case TableEdit.AddEntry(var entry) ->
                    new EditBody("add", entry.machineType(), null, EntryBody.of(entry), null);
                case TableEdit.ReplaceEntry(var id, var entry) ->
                    new EditBody("replace", entry.machineType(), id, EntryBody.of(entry), null);
                case TableEdit.DeleteEntry(var name, var id) -> new EditBody("delete", name, id, null, null);
            };
        }

        /**
         * The edits that these say.
         *
         * @throws InvalidFieldException naming the first that says none, as a path such as {@code edits[3].op}
         */
        public static List<TableEdit> toDomain(String field, List<EditBody> edits) {
            if (edits.size() > MOST_EDITS) {
                throw new InvalidFieldException(
                        field, edits.size() + " edits", "at most " + MOST_EDITS + " edits are taken");
            }
            List<TableEdit> read = new ArrayList<>();
            for (int i = 0; i < edits.size(); i++) {
                String path = field + "[" + i + "]";
                read.add(required(path, edits.get(i), "an edit").toDomain(path));
            }
            return read;
        }

        private TableEdit toDomain(String field) {
            String given = required(field + ".op", op, "add, replace, delete, putMachineType or deleteMachineType");
            String name = required(field + ".machineType", machineType, "a machine type, such as virt-10.2");
            if (definition != null && !given.equals("putMachineType")) {
                throw new InvalidFieldException(
                        field + ".definition", null, "a definition goes with putMachineType alone");
            }
            return switch (given) {
                case "add" -> {
                    refuseId(field, "an added entry gets its id when stored");
                    yield new TableEdit.AddEntry(required(field + ".entry", entry, "the entry to add")
                            .toDomain(name));
                }
                case "replace" -> {
                    long wanted = requiredId(field);
                    yield new TableEdit.ReplaceEntry(
                            wanted,
                            required(field + ".entry", entry, "the entry to replace it by")
                                    .toDomain(name));
                }
                case "delete" -> {
                    refuseEntry(field, "a deletion has an id and no entry");
                    yield new TableEdit.DeleteEntry(name, requiredId(field));
                }
                case "putMachineType" -> {
                    refuseId(field, "a machine type has a name and no id");
                    refuseEntry(field, "entries have edits of their own");
                    yield new TableEdit.PutMachineType(putMachineType(field, name));
                }
                case "deleteMachineType" -> {
                    refuseId(field, "a machine type has a name and no id");
                    refuseEntry(field, "a machine type's entries are deleted with it");
                    yield new TableEdit.DeleteMachineType(name);
                }
                default ->
                    throw new InvalidFieldException(
                            field + ".op", given, "op is add, replace, delete, putMachineType or deleteMachineType");
            };
        }

        private MachineType putMachineType(String field, String name) {
            MachineTypeBody given = required(field + ".definition", definition, "what the machine type shall be");
            if (given.name() != null && !given.name().equals(name)) {
                throw new InvalidFieldException(
                        field + ".definition.name", given.name(), "a machine type keeps its name, here " + name);
            }
            return new MachineTypeBody(name, given.architecture(), given.inheritsFrom(), given.description())
                    .toDomain();
        }

        private long requiredId(String field) {
            return required(field + ".id", id, "the id of the entry");
        }

        private void refuseId(String field, String why) {
            if (id != null) {
                throw new InvalidFieldException(field + ".id", id, why);
            }
        }

        private void refuseEntry(String field, String why) {
            if (entry != null) {
                throw new InvalidFieldException(field + ".entry", null, why);
            }
        }
    }
}
