package org.migreg.api.account;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.Objects;
import org.migreg.access.Caller;
import org.migreg.access.Permission;
import org.migreg.contract.account.CallerView;
import org.migreg.web.WriteHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/caller")
@Tag(name = "Accounts")
record CallerController() {

    @GetMapping
    @Operation(
            operationId = "getCaller",
            summary = "Who am I?",
            description = "Whom the credential of the request stands for, and what it may do.")
    CallerView get(WriteHeaders headers) {
        Caller caller = headers.caller();
        return new CallerView(
                caller.name(),
                caller.roles().stream().map(Object::toString).sorted().toList(),
                Arrays.stream(Permission.values())
                        .filter(caller::may)
                        .map(Permission::toString)
                        .toList(),
                Objects.toString(caller.machineTypes(), null),
                Objects.toString(caller.hosts(), null),
                caller.speaksForOthers());
    }
}
