package org.migreg.api.register;

import static org.migreg.contract.InvalidFieldException.reading;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.ItemsView;
import org.migreg.contract.Paging;
import org.migreg.contract.register.RegisterView;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterNames;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/registers")
@Tag(name = "Registers", description = "Decode and find register IDs.")
class RegisterController {

    @GetMapping
    @Operation(
            operationId = "findRegisters",
            summary = "Find registers by name or id",
            description =
                    "Matches a part of a name, alias, note or id, whatever its case; a whole register ID in any form gives"
                            + " that register first. All 688 known registers without a query.")
    ItemsView<RegisterView> find(
            @Parameter(example = "TCR2") @RequestParam(defaultValue = "") String query,
            @ParameterObject Paging paging) {
        if (query.length() > 200) {
            throw new InvalidFieldException("query", query, "a query has at most 200 characters");
        }
        return paging.of(RegisterNames.search(query), 100).map(RegisterView::of);
    }

    @GetMapping("/{idOrName}")
    @Operation(
            operationId = "decodeRegister",
            summary = "Decode a register ID",
            description =
                    "Takes every form: hex, decimal, a name (TCR2_EL1, SYS_TCR2_EL1), S3_0_C2_C0_3, what QEMU and KVM print"
                            + " (op0:3 op1:0 crn:2 crm:0 op2:3, fw feat reg 3), and C of the kernel's headers"
                            + " (ARM64_SYS_REG(3, 0, 2, 0, 3)). An id without a name is decoded all the same.")
    RegisterView decode(@Parameter(example = "TCR2_EL1") @PathVariable String idOrName) {
        return RegisterView.of(reading("idOrName", idOrName, () -> RegisterId.parseLenient(idOrName)));
    }
}
