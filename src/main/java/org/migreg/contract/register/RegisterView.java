package org.migreg.contract.register;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.migreg.register.RegisterEncoding;
import org.migreg.register.RegisterHistory;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterNames;

/** A register ID, decoded. */
@Schema(
        name = "Register",
        requiredProperties = {
            "id",
            "name",
            "named",
            "aliases",
            "events",
            "architecture",
            "sizeInBytes",
            "coprocessor",
            "fields",
            "printedByQemu",
            "migratable"
        })
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RegisterView(
        @Schema(example = "0x603000000013c103") String id,
        @Schema(example = "TCR2_EL1") String name,

        @Schema(description = "Whether the name is the architecture's or kernel's; else it is made from the encoding.")
        boolean named,

        List<String> aliases,

        @Schema(description = "Where the name alone would mislead.") @Nullable
        String note,

        @Schema(
                description =
                        "What kernels and QEMU versions did to it, so that one host has it, or a value of it, and another has not; empty where nothing is known.",
                example = "[\"Linux lists it from 7.3 on.\"]")
        List<String> events,

        @Schema(example = "arm64") String architecture,
        @Schema(example = "8") int sizeInBytes,
        @Schema(example = "system register") String coprocessor,

        @Schema(
                description = "The fields of the encoding, by name.",
                example = "{\"op0\": 3, \"op1\": 0, \"crn\": 2, \"crm\": 0, \"op2\": 3}")
        Map<String, Integer> fields,

        @Schema(description = "As QEMU under KVM prints it.", example = "system register op0:3 op1:0 crn:2 crm:0 op2:3")
        String printedByQemu,

        @Schema(description = "Whether it can stand in a register list.")
        boolean migratable) {

    public static RegisterView of(RegisterId id) {
        RegisterNames.Named named = RegisterNames.lookUp(id);
        RegisterEncoding encoding = id.encoding();
        return new RegisterView(
                id.toString(),
                id.name(),
                named != null,
                named == null ? List.of() : named.aliases(),
                named == null || named.note().isEmpty() ? null : named.note(),
                RegisterHistory.of(id),
                encoding.architecture(),
                encoding.sizeInBytes(),
                encoding.coprocessor(),
                fields(encoding),
                id.printedByQemu(encoding instanceof RegisterEncoding.Aarch32Coprocessor),
                id.isMigratable());
    }

    private static Map<String, Integer> fields(RegisterEncoding encoding) {
        Map<String, Integer> fields = new LinkedHashMap<>();
        switch (encoding) {
            case RegisterEncoding.SystemRegister r -> {
                fields.put("op0", r.op0());
                fields.put("op1", r.op1());
                fields.put("crn", r.crn());
                fields.put("crm", r.crm());
                fields.put("op2", r.op2());
            }
            case RegisterEncoding.Aarch32Coprocessor r -> {
                fields.put("cp", r.cp());
                fields.put("opc1", r.opc1());
                fields.put("crn", r.crn());
                fields.put("crm", r.crm());
                fields.put("opc2", r.opc2());
                fields.put("ns", r.nonSecure() ? 1 : 0);
            }
            case RegisterEncoding.Demux r -> fields.put("cacheSelector", r.cacheSelector());
            case RegisterEncoding.Firmware r -> fields.put("index", r.index());
            case RegisterEncoding.FirmwareFeatureBitmap r -> fields.put("index", r.index());
            case RegisterEncoding.Core r -> fields.put("offset", r.offset());
            case RegisterEncoding.Sve r -> fields.put("index", r.index());
            case RegisterEncoding.Unrecognised r -> fields.put("index", (int) (r.id().bits() & 0xffff));
        }
        return fields;
    }
}
